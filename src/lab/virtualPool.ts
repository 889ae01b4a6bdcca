import { type ClockHost, hostClock, type Random } from "../domain/index.ts";
import { type SoloPool, startSoloPool } from "../mining/index.ts";
import { startVirtualBitcoinNode } from "./virtualBitcoinNode.ts";

const credentials = { kind: "password", user: "virtual", password: "virtual" } as const;
/** Anyone's: nobody is paid on a chain that does not exist. */
const payout = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

/** A solo pool before a virtual chain, on a free loopback port, on the host's own time. */
export async function startVirtualPool(options: {
  readonly host: ClockHost;
  readonly random: Random;
}): Promise<SoloPool> {
  const clock = hostClock(options.host);
  const node = await startVirtualBitcoinNode({ clock, random: options.random });
  try {
    const pool = await startSoloPool({
      node: { url: node.url, credentials },
      address: payout,
      port: 0,
      clock,
    });
    return {
      ...pool,
      async close() {
        await pool.close();
        await node.close();
      },
    };
  } catch (thrown) {
    await node.close();
    throw thrown;
  }
}
