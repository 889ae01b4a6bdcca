"use strict";
// A full node in regtest on loopback, without peers. Its parent commands it over IPC; it ends when its parent lets go.

const { Coin, FullNode, KeyRing, MTX } = require("bcoin");

const { prefix, httpPort, apiKey } = JSON.parse(process.argv[2]);
const node = new FullNode({
  network: "regtest",
  prefix,
  memory: false,
  workers: false,
  listen: false,
  httpHost: "127.0.0.1",
  httpPort,
  apiKey,
  logConsole: false,
  logFile: false,
});
const ring = KeyRing.fromPrivate(Buffer.alloc(32, 7), true);
ring.witness = true;

const commands = {
  async generate({ count }) {
    for (let mined = 0; mined < count; mined += 1) {
      await node.chain.add(await node.miner.cpu.mineBlock(node.chain.tip, ring.getAddress()));
    }
    return node.chain.height;
  },
  async spend({ heights, fee }) {
    for (const height of heights) {
      const { txs } = await node.chain.getBlock(height);
      const spending = new MTX();
      spending.addCoin(Coin.fromTX(txs[0], 0, height));
      spending.addOutput({ address: ring.getAddress(), value: txs[0].outputs[0].value - fee });
      spending.sign(ring);
      await node.mempool.addTX(spending.toTX());
    }
    return node.mempool.map.size;
  },
};

process.on("disconnect", () => {
  const overdue = setTimeout(() => process.exit(1), 5000);
  // Calls that wait, as a long poll does, would hold it up.
  node.http.http.closeAllConnections();
  node.close().then(
    () => {
      clearTimeout(overdue);
      process.exit(0);
    },
    () => process.exit(1),
  );
});
process.on("message", ({ id, command, args }) => answer(id, commands[command](args)));

async function listen() {
  const listening = new Promise((resolve) => {
    node.http.once("listening", resolve);
  });
  await node.ensure();
  await node.open();
  return (await listening).port;
}

function answer(id, promise) {
  promise.then(
    (value) => process.send({ id, value }),
    (thrown) => process.send({ id, error: String(thrown.stack) }),
  );
}

answer(0, listen());
