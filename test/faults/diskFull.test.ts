import { afterAll, beforeAll, expect, it } from "vitest";
import type { HistoryView } from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";
import { describeWith } from "../parts.ts";
import { type Closet, startCloset } from "./closet.ts";
import { mountSmallDisk, type SmallDisk } from "./smallDisk.ts";

describeWith("small-disk", "a hearth whose disk becomes full", () => {
  let disk: SmallDisk;
  let closet: Closet;
  const alarm = async () => (await closet.site()).alarms.find(({ code }) => code === "store/behind")?.message;

  beforeAll(async () => {
    disk = mountSmallDisk(160);
    closet = await startCloset(disk.folder);
  });
  afterAll(async () => {
    await closet.close();
    disk.remove();
  });

  it("goes on heating, says so, promises nothing, and loses nothing", { timeout: 60_000 }, async () => {
    // What is kept last may have been kept before the disk was filled.
    const from = new Date().toISOString();
    await until("the heater to mine", 30_000, async () => {
      await closet.dial(20);
      return (await closet.site()).heaters[0]?.workload === "mining" ? true : undefined;
    });
    disk.fill();
    let kept = 20;
    const { waiting, rounds } = await until("the disk to be full", 20_000, async () => {
      const next = kept + 0.01;
      const { tick } = await closet.site();
      if ((await closet.dial(next)) !== 200)
        return { waiting: next, rounds: (await closet.site()).tick - tick };
      kept = next;
      return undefined;
    });
    expect(rounds).toBeGreaterThanOrEqual(2);
    expect(await alarm()).toMatch(/the disk of .* is full .*free some space .*rounds wait/);
    const full = await closet.site();
    expect(full.heaters[0]).toMatchObject({ workload: "mining", state: "heating" });
    expect(full.sinks[0]?.comfort.targetC).toBe(waiting);
    expect((await closet.get("/healthz")).status).toBe(200);

    disk.free();
    await until("what waits to be written", 15_000, async () =>
      (await alarm()) === undefined ? true : undefined,
    );
    const range = `from=${from}&to=${new Date(Date.now() + 1000).toISOString()}`;
    const reply = await closet.get(`/api/v1/history?series=sink/closet/target&${range}`);
    expect(((await reply.json()) as HistoryView).series[0]?.values).toEqual(
      expect.arrayContaining([kept, waiting]),
    );
    await closet.killAndRestart();
    expect((await closet.site()).sinks[0]?.comfort.targetC).toBe(waiting);
  });
});
