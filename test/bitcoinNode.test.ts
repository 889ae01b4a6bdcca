import { afterAll, beforeAll, expect, it } from "vitest";
import { type BitcoinNode, startBitcoinNode } from "./bitcoinNode.ts";
import { describeWith } from "./parts.ts";

describeWith("bitcoin-node", "the Bitcoin node of the tests", () => {
  let node: BitcoinNode;
  beforeAll(async () => {
    node = await startBitcoinNode();
  });
  afterAll(() => node.stop());

  it("has no peers, mines, and offers segwit transactions", async () => {
    expect(await node.call("getnetworkinfo")).toMatchObject({ networkactive: false, connections: 0 });
    expect(await node.generate(440)).toBe(440);
    expect(await node.spend([1, 2, 3], 5000)).toBe(3);
    const template = await node.call("getblocktemplate", { rules: ["segwit"] });
    expect(template).toMatchObject({ height: 441, coinbasevalue: 1_250_015_000 });
    expect(template).toHaveProperty("transactions.length", 3);
  });

  it("keeps its chain and its port over a restart", async () => {
    await node.halt();
    await expect(node.call("getblockcount")).rejects.toThrow("fetch failed");
    await node.resume();
    expect(await node.call("getblockcount")).toBe(440);
  });
});
