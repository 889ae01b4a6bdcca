import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../e2e/until.ts";
import { type Closet, startCloset } from "./closet.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-pool-"));
let closet: Closet;

beforeAll(async () => {
  closet = await startCloset(folder);
});
afterAll(async () => {
  await closet.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the heater does, after a round that was made for it. */
async function heater() {
  await closet.dial(20);
  return (await closet.site()).heaters[0];
}

it(
  "says that no pool answers and counts on no heat, and mines again when one does",
  { timeout: 60_000 },
  async () => {
    const mines = async () => {
      const seen = await heater();
      return seen?.workload === "mining" && (seen.hashesPerSecond ?? 0) > 0 ? true : undefined;
    };
    await until("the heater to mine", 30_000, mines);
    closet.poolLine.cut();
    const without = await until("the heater to say so", 30_000, async () => {
      const seen = await heater();
      const says = seen?.faults.some((fault) => fault.includes("no pool answers"));
      return says && (seen?.watts ?? 500) < 6 ? seen : undefined;
    });
    expect(without).toMatchObject({
      workload: "idle",
      setpointWatts: expect.toSatisfy((watts) => watts > 0) as number,
    });
    expect((await closet.get("/healthz")).status).toBe(200);
    closet.poolLine.mend();
    await until("the heater to mine again", 30_000, mines);
  },
);
