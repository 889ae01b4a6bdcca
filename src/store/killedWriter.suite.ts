import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { Instant, type SeriesId, seededRandom } from "../domain/index.ts";
import { openStore } from "./openStore.ts";

const tickMs = 60_000;
const start = Instant(Date.UTC(2026, 0, 15));
const power: SeriesId = "heater/this-computer/power";
const storeModule = new URL("./openStore.ts", import.meta.url).href;

/** Records one tick after the other for ever, and says the number of each that is kept; first says how long opening or making the database took. */
const writer = (dataDir: string) => `
  import { openStore } from ${JSON.stringify(storeModule)};
  const began = performance.now();
  const store = await openStore({ dataDir: ${JSON.stringify(dataDir)} });
  const newest = await store.latestState();
  const say = (line) => process.stdout.write(line + "\\n");
  say((newest ? "opened " : "made ") + (performance.now() - began));
  for (let n = newest ? newest.state + 1 : 0; ; n += 1) {
    const at = ${start} + n * ${tickMs};
    const readings = [{ series: "${power}", at, value: n, provenance: "metered" }];
    const events = [{ at, level: "info", code: "site/test", subject: "site", message: String(n) }];
    await store.recordTick({ at, readings, events, decisions: [], state: n });
    say("kept " + n);
    if (n % 20 === 0) await store.condense(at);
  }`;

/**
 * Kills a process that records ticks at random moments, the first while it makes the database, and checks that
 * everything it said was kept is there.
 * @returns the longest time that opening it again took, ms
 */
export async function killWriters(dataDir: string, kills: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  let kept = -1;
  let slowest = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", writer(dataDir)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const killSoon = () => setTimeout(() => child.kill("SIGKILL"), random.next() * 700);
    if (kill === 0) killSoon();
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, value] = line.split(" ");
      if (word === "kept") kept = Number(value);
      if (word === "opened") slowest = Math.max(slowest, Number(value));
      if (word === "opened" || word === "made") killSoon();
    }
    expect(await ended).toEqual([null, "SIGKILL"]);
  }
  expect(kept).toBeGreaterThan(kills);
  await expectKept(dataDir, kept);
  return slowest;
}

async function expectKept(dataDir: string, kept: number): Promise<void> {
  const store = await openStore({ dataDir });
  const state = (await store.latestState())?.state as number;
  // The last one may have been kept without a chance to say so.
  expect([kept, kept + 1]).toContain(state);
  const windowMs = 1000 * tickMs;
  for (
    let from = Math.max(start, start + (kept - 8000) * tickMs);
    from < start + kept * tickMs;
    from += windowMs
  ) {
    const { resolution, series } = await store.history([power], Instant(from), Instant(from + windowMs));
    expect(resolution).toBe("raw");
    const numbers = Array.from({ length: 1000 }, (_, i) => (from - start) / tickMs + i).filter(
      (n) => n <= state,
    );
    expect(series[0]?.values).toEqual(numbers);
  }
  const events = await store.events({ limit: 500 });
  expect(events.map(({ message }) => Number(message))).toEqual(
    Array.from({ length: Math.min(500, state + 1) }, (_, i) => state - i),
  );
  await store.close();
}
