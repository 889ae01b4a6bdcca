import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { acceleratedClock, hostClock, Seconds } from "../../src/domain/index.ts";
import {
  type Miner,
  type PoolEvent,
  type SoloPool,
  type SoloPoolOptions,
  startMiner,
  startSoloPool,
} from "../../src/mining/index.ts";
import { type BitcoinNode, startBitcoinNode } from "../bitcoinNode.ts";
import { until } from "../e2e/until.ts";
import { describeWith } from "../parts.ts";

const clock = hostClock(globalThis);
/** For the patience of the pool with its node and of the miner with its pool. */
const hastyClock = acceleratedClock(globalThis, clock.now(), 10);
const address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
const addressScript = "0014751e76e8199196d454941c45d1b3a323f1433bd6";
/** Some 400,000 hashes: tenths of a second. In regtest each share is a block. */
const easy = 0.0001;

interface Block {
  readonly height: number;
  readonly tx: readonly {
    readonly vout: readonly { readonly value: number; readonly scriptPubKey: { readonly hex: string } }[];
  }[];
}

describeWith("bitcoin-node", "a solo pool before a Bitcoin node", () => {
  let node: BitcoinNode;
  beforeAll(async () => {
    node = await startBitcoinNode();
  });
  afterEach(() => node.resume());
  afterAll(() => node.stop());

  const openPool = async (options: Partial<SoloPoolOptions> = {}) => {
    const events: PoolEvent[] = [];
    const pool = await startSoloPool({
      node: { url: node.url, credentials: { kind: "password", user: node.user, password: node.password } },
      address,
      port: 0,
      clock: hastyClock,
      settings: { minDifficulty: easy },
      onEvent: (event) => events.push(event),
      ...options,
    });
    onTestFinished(() => pool.close());
    return { pool, events };
  };
  const openMiner = (pool: SoloPool, duty = 0.5): Miner => {
    const miner = startMiner({
      pools: [{ url: pool.url, user: "closet", password: "x" }],
      threads: 1,
      clock: hastyClock,
      duty,
      suggestedDifficulty: easy,
    });
    onTestFinished(() => miner.close());
    return miner;
  };
  const accepted = (pool: SoloPool, blocks: number) =>
    until(`${blocks} blocks that the node accepts`, 15_000, () => {
      const found = pool.status().blocks.filter(({ outcome }) => outcome === "accepted");
      return found.length >= blocks ? found : undefined;
    });
  const stopped = (miner: Miner) =>
    until("the hashing to stop", 5_000, async () => {
      const { hashes } = miner.stats();
      await clock.sleep(Seconds(0.3));
      return miner.stats().hashes === hashes ? true : undefined;
    });
  const blockAt = async (height: number) => {
    const hash = await node.call("getblockhash", height);
    return (await node.call("getblock", hash, true, true)) as Block;
  };

  it("finds blocks with this computer's threads; the node accepts them, and they pay the address in full", async () => {
    const { pool, events } = await openPool();
    const miner = openMiner(pool);
    const [block] = await accepted(pool, 2);
    miner.setDuty(0);
    await stopped(miner);

    expect(block).toMatchObject({ user: "closet", reward: 5_000_000_000n });
    const { tx } = await blockAt(block?.height ?? 0);
    expect(tx[0]?.vout).toMatchObject([{ value: 50, scriptPubKey: { hex: addressScript } }]);
    const hashes = pool.status().blocks.map(({ hash }) => hash);
    expect(hashes).toContain(await node.call("getblockhash", block?.height));
    const { accepted: shares, rejected } = miner.stats();
    expect(shares).toBeGreaterThanOrEqual(2);
    expect(rejected).toBe(0);
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["tip", "miner-joined", "block"]));
    expect(pool.status().workers).toMatchObject([{ user: "closet", connected: true, rejected: 0 }]);
  });

  it("takes in the mempool's transactions with their fees and witnesses", async () => {
    await node.generate(440);
    await node.spend([5, 6, 7], 5_000);
    const { pool } = await openPool();
    const { height, reward } = pool.status();
    openMiner(pool);
    await accepted(pool, 1);
    const { tx } = await blockAt(height);
    expect(reward).toBe(1_250_015_000n);
    expect(tx).toHaveLength(4);
    expect(tx[0]?.vout).toMatchObject([
      { value: 12.500_15, scriptPubKey: { hex: addressScript } },
      { value: 0, scriptPubKey: { hex: expect.stringMatching(/^6a24aa21a9ed/) as string } },
    ]);
  });

  it("turns to a new tip at once, without asking again and again", async () => {
    const { pool } = await openPool();
    const { height } = pool.status();
    await node.generate(1);
    await until("the next block to be wanted", 2_000, () =>
      pool.status().height > height ? true : undefined,
    );
    expect(pool.status().height).toBe(height + 1);
  });

  it("works on while the node restarts, and hands in afterwards what was found meanwhile", async () => {
    const { pool, events } = await openPool();
    const miner = openMiner(pool, 0);
    await until("the miner to be served", 5_000, () => (miner.stats().connected ? true : undefined));
    await node.halt();
    await until("the pool to notice", 5_000, () => pool.status().node.trouble);
    miner.setDuty(0.5);
    await until("a block to be found", 15_000, () => pool.status().blocks[0]);
    miner.setDuty(0);
    expect(pool.status().serving).toBe(true);
    expect(pool.status().blocks.every(({ outcome }) => outcome === "pending")).toBe(true);
    expect(miner.stats().connected).toBe(true);
    await node.resume();
    await accepted(pool, 1);
    await until("the node to be back", 15_000, () => (pool.status().node.trouble ? undefined : true));
    expect(events.flatMap((event) => (event.kind === "node" ? [event.presence] : []))).toEqual([
      "lost",
      "here",
    ]);
  });

  it("sends miners away when the node stays away, and takes them back", { timeout: 60_000 }, async () => {
    const { pool } = await openPool({ giveUpAfter: Seconds(1) });
    const miner = openMiner(pool);
    await accepted(pool, 1);
    await node.halt();
    await until("the miner to be sent away", 5_000, () => (miner.stats().connected ? undefined : true));
    expect(miner.stats().trouble).toMatch("no pool answers");
    expect(pool.status()).toMatchObject({ serving: false, connections: 0 });
    await stopped(miner);
    await node.resume();
    const before = pool.status().blocks.length;
    await until("the miner to be back", 30_000, () => (miner.stats().connected ? true : undefined));
    await until("another block", 15_000, () => (pool.status().blocks.length > before ? true : undefined));
  });

  describe("does not start", () => {
    it.each<[string, string, Partial<SoloPoolOptions>]>([
      [
        "for an address of another network",
        "bitcoin/bad-address",
        { address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4" },
      ],
      ["with a tag that is too long", "bitcoin/coinbase-too-long", { tag: "x".repeat(90) }],
    ])("%s", async (_, code, options) => {
      await expect(openPool(options)).rejects.toMatchObject({ code });
    });

    it("with a wrong password, or without a node", async () => {
      const credentials = { kind: "password", user: node.user, password: "wrong" } as const;
      await expect(openPool({ node: { url: node.url, credentials } })).rejects.toMatchObject({
        code: "node/unauthorised",
      });
      await node.halt();
      await expect(openPool()).rejects.toMatchObject({ code: "node/unreachable" });
    });

    it("when the port of its status page is taken, and then holds no other", async () => {
      const { pool } = await openPool({ statusPort: 0 });
      const statusPort = Number(new URL(pool.statusUrl ?? "").port);
      const port = 20_000 + (process.pid % 10_000);
      await expect(openPool({ port, statusPort })).rejects.toMatchObject({ code: "pool/cannot-listen" });
      await openPool({ port });
    });
  });
});
