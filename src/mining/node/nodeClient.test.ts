import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BitcoinNode, startBitcoinNode } from "../../../test/bitcoinNode.ts";
import { describeWith } from "../../../test/parts.ts";
import { displayHash } from "../../bitcoin/index.ts";
import { hostClock } from "../../domain/index.ts";
import { type NodeClient, openNodeClient } from "./nodeClient.ts";

const clock = hostClock(globalThis);

describeWith("bitcoin-node", "the client of a Bitcoin node", () => {
  let node: BitcoinNode;
  let client: NodeClient;
  beforeAll(async () => {
    node = await startBitcoinNode();
    client = openNodeClient({
      node: { url: node.url, credentials: { kind: "password", user: node.user, password: node.password } },
      clock,
    });
    await node.generate(440);
  });
  afterAll(async () => {
    client.close();
    await node.stop();
  });

  it("tells the network and the height", async () => {
    expect(await client.chainInfo()).toEqual({ network: "regtest", height: 440 });
  });

  it("gets the next block's template, with transactions and the commitment to their witnesses", async () => {
    await node.spend([1, 2, 3], 5000);
    const template = await client.blockTemplate();
    expect(template).toMatchObject({ height: 441, reward: 1_250_015_000n, bits: 0x207fffff });
    expect(template.transactions).toHaveLength(3);
    expect(template.witnessCommitment).toBeDefined();
    expect(displayHash(template.previousHash)).toBe(await node.call("getbestblockhash"));
  });

  it("waits for another block by long poll", async () => {
    const { longPollId } = await client.blockTemplate();
    const next = client.blockTemplate(longPollId);
    const first = await Promise.race([next, client.chainInfo()]);
    expect(first).toHaveProperty("network");
    await node.generate(1);
    expect(await next).toMatchObject({ height: 442 });
  });

  describe("submitBlock", () => {
    it("says why a block is refused", async () => {
      const genesisChild = `${"00".repeat(80)}00`;
      await expect(client.submitBlock(genesisChild)).resolves.toMatchObject({ outcome: "rejected" });
      await expect(client.submitBlock("00")).rejects.toMatchObject({ code: "node/refused" });
    });
  });
});
