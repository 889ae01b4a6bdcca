import {
  Celsius,
  hostClock,
  Instant,
  plus,
  Seconds,
  seededRandom,
  simulatedClock,
} from "../src/domain/index.ts";
import { keepHeapSmall, startHearth } from "../src/hearth/index.ts";
import { computeHistory } from "../src/lab/index.ts";
import { openStore } from "../src/store/index.ts";
import { bigSite } from "./bigSite.ts";

/** The hearth that is measured, in a process of its own: `week` fills its memory, `run` starts upon it. */
const [task = "", dataDir = ""] = process.argv.slice(2);
const now = Instant(Date.UTC(2026, 0, 14, 12));
const warmUpTicks = 60;
const ticks = 300;

export interface TickReport {
  readonly cpuMsPerTick: number;
  readonly residentMiB: number;
}

keepHeapSmall();
const clock = simulatedClock(now);
const setup = bigSite(clock);
const store = await openStore({ dataDir });
if (task === "week") {
  const rooms = setup.control.sinks.map(({ id }) => [id, { air: Celsius(18), fabric: Celsius(17) }] as const);
  await computeHistory({
    days: 7,
    control: setup.control,
    tariff: setup.tariff,
    until: now,
    random: seededRandom(1),
    noise: 0.05,
    initial: Object.fromEntries(rooms),
    keep: (batch) => store.recordHistory(batch),
  });
} else {
  const hearth = await startHearth({
    setup,
    store,
    clock,
    host: hostClock(globalThis),
    version: "perf",
    inbox: [],
    onFault: (thrown) => {
      throw thrown;
    },
  });
  let shown = 0;
  hearth.onChange((view) => (shown += JSON.stringify(view).length));
  const pass = async (count: number) => {
    for (let tick = 0; tick < count; tick++) {
      await clock.advance(Seconds(10));
      await store.latestState();
    }
  };
  await hearth
    .history(
      setup.heaters.slice(0, 4).map(({ id }) => `${id}/watts` as never),
      plus(now, Seconds(-86_400)),
      now,
    )
    .catch(() => undefined);
  await pass(warmUpTicks);
  const before = process.cpuUsage();
  await pass(ticks);
  const { user, system } = process.cpuUsage(before);
  const report: TickReport = {
    cpuMsPerTick: (user + system) / 1000 / ticks,
    residentMiB: process.memoryUsage.rss() / 2 ** 20,
  };
  if (shown === 0) throw new Error("nobody was told of any tick");
  process.send?.(report);
  await Promise.race([hearth.close(), pass(10)]);
}
await store.close();
process.exit();
