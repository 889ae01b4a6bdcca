import { expect, it } from "vitest";
import { acceleratedClock, hostClock, seededRandom, Watts } from "../../../domain/index.ts";
import { startMiner } from "../../../mining/index.ts";
import { thisComputer } from "./driver.ts";
import { startSmallPool } from "./smallPool.suite.ts";
import { signal, testConfig } from "./testComputer.suite.ts";

it("this computer heats while a pool gives it work, and says why when none does", async () => {
  const clock = hostClock(globalThis);
  const hurried = acceleratedClock(globalThis, clock.now(), 20);
  const lost = await startSmallPool();
  await lost.close();
  const pools = [{ url: `stratum+tcp://127.0.0.1:${lost.port}`, user: "me" }];
  const driver = await thisComputer.open(thisComputer.config.parse({ ...testConfig, pools }), {
    clock,
    random: seededRandom(1),
    onEvent: () => {},
    brokers: { subscribe: () => expect.unreachable() },
    secret: () => undefined,
    startMiner: async (order) => startMiner({ ...order, clock: hurried }),
  });
  const reads = () => expect.poll(() => driver.read(signal), { timeout: 20_000, interval: 300 });

  await driver.apply({ watts: Watts(60), workload: "mining" }, signal);
  await reads().toMatchObject({
    workload: "idle",
    faults: [expect.stringMatching(/^no pool answers; the last: stratum\+tcp:.*ECONNREFUSED/)],
  });

  const pool = await startSmallPool(lost.port);
  await reads().toMatchObject({ workload: "mining", faults: [] });
  await expect.poll(pool.shares, { timeout: 10_000 }).toBeGreaterThan(0);
  await reads().toSatisfy(
    ({ shares, hashrate, watts }) => shares.accepted > 0 && hashrate > 100_000 && watts > 45 && watts < 75,
  );

  await pool.close();
  await reads().toMatchObject({
    workload: "idle",
    hashrate: 0,
    faults: [expect.stringContaining("no pool")],
  });
  await reads().toSatisfy(({ watts }) => watts < 40);
  await driver.close();
});
