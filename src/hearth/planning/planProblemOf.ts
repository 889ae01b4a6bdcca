import {
  Celsius,
  Instant,
  meanWithin,
  Seconds,
  type Span,
  type Timeline,
  Watts,
} from "../../domain/index.ts";
import { type Capacity, feedInPricesWithin, pricesWithin } from "../../energy/index.ts";
import {
  assumedOutdoor,
  type DeferrableLoad,
  atPresent,
  comfortAt,
  type HeaterConfig,
  isBackup,
  leftToRun,
  modelOffset,
  type PlannedRoom,
  type PlannedSink,
  type PlanProblem,
  type PlanStep,
  type RoomSink,
  withinTargets,
  windowAt,
} from "../../heat/index.ts";
import { absenceOf, endOf, isWished, type PlannedSite, type Supposed, wishedHeat } from "./askedSite.ts";
import { backupOf, heaterOf, switchingOf } from "./plannedDevice.ts";
import { houseLoad, solarWithin } from "./solarOf.ts";
import { tankOf } from "./tankOf.ts";

const quarterMs = 900_000;
const halfHourMs = 1_800_000;
const hourMs = 3_600_000;
/** Until then in quarter-hours, */
const fineMs = 6 * hourMs;
/** and until then in half-hours, where they are asked for. */
const halvesMs = 12 * hourMs;
/** A first step that would be shorter is part of the next one. */
const shortestMs = 300_000;
/** A room may be warm for its next target so long before it. */
const aheadMs = 4 * hourMs;
/** In which the power fades by which the world differs from the model, as the estimate has it, s. */
const fadeSeconds = 6 * 3600;
/** A kelvin too cold or too warm for an hour counts like so many kWh. */
const kwhPerKelvinHour = 4;
/** A load's start counts like so many kWh: one that is chopped wears. */
const kwhPerStart = 0.1;
const perMicro = 1e-6;

/** What follows the quarter-hours of a plan. */
type Then = "half-hours" | "hours";

/** The next day or so of a site as the planner takes it; without a known temperature in any room there is none. */
export function planProblemOf(
  site: PlannedSite,
  supposed: Supposed = {},
  then: Then = "hours",
): PlanProblem | undefined {
  const steps = stepsOf(site, supposed, then);
  const meanPrice = steps.reduce((sum, { pricePerKwh }) => sum + Math.abs(pricePerKwh), 0) / steps.length;
  const worth = Math.max(meanPrice, Number.EPSILON);
  const present = atPresent(site.config, site.state.sinks, steps[0]?.outdoor);
  const wished = present.heaters.filter(({ id }) => isWished(site, id));
  const sinks = site.config.sinks.flatMap((sink): PlannedSink[] => {
    const planned =
      sink.kind === "tank"
        ? tankOf(site, sink, steps, wished, supposed, worth)
        : roomOf(site, sink, steps, wished, supposed, worth);
    return planned ? [planned] : [];
  });
  if (sinks.length === 0) return undefined;
  const known = new Set(sinks.map(({ id }) => id));
  const able = site.config.heaters.flatMap((heater, index) => {
    const status = site.control.heaters[index];
    const switching = known.has(heater.sink) ? switchingOf(site, heater, status, steps, worth) : undefined;
    return switching ? [{ heater, switching }] : [];
  });
  if (able.length === 0) return undefined;
  const [only, computing] = [true, false].map((heats) =>
    able.filter(({ heater }) => isBackup(heater) === heats),
  );
  return {
    steps,
    heaters: (computing ?? []).map(({ heater, switching }) => heaterOf(site, heater, switching, steps)),
    backups: (only ?? []).map(({ heater, switching }) => backupOf(site, heater, switching, steps)),
    sinks,
    loads: deferrable(site, steps, worth),
    feederWatts: site.config.feeder.maxWatts,
    carbonPerKg: site.settings.carbonPerKg,
    peakPerKw: site.tariff.capacity ? monthlyFee(site.tariff.capacity) : 0,
    peakSoFar: Watts(site.peakWatts),
  };
}

/** What of each load is left to do before the next deadline that lies within the plan. */
function deferrable(
  { loads = [], config }: PlannedSite,
  steps: readonly PlanStep[],
  worth: number,
): DeferrableLoad[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return [];
  return loads.flatMap(({ config: load, memory }): DeferrableLoad[] => {
    const window = windowAt(load, first.from, config.timezone);
    if (!window || window.to > endOf(last)) return [];
    const begun = memory.until === window.to ? memory : { ...memory, done: 0 };
    const joules = leftToRun(load, begun) * load.watts;
    const after = steps.findIndex((step) => step.from >= window.from);
    const ends = steps.findIndex((step) => endOf(step) > window.to);
    const span = { fromStep: Math.max(0, after), untilStep: ends < 0 ? steps.length : ends };
    if (joules <= 0 || after < 0 || span.untilStep <= span.fromStep) return [];
    const switching = { isSwitched: true, isOn: memory.on, startCost: worth * kwhPerStart };
    return [{ id: load.id, joules, maxWatts: load.watts, value: load.worth, ...switching, ...span }];
  });
}

const monthlyFee = ({ perKw, per }: Capacity) => (Number(perKw) * perMicro) / (per === "year" ? 12 : 1);

function stepsOf(site: PlannedSite, { priceTimes = 1 }: Supposed, then: Then): PlanStep[] {
  const { at, tariff, outside, gramsPerKwh } = site;
  const end = Instant(at + site.settings.hours * hourMs);
  const prices = pricesWithin(tariff, at, end);
  const feedIn = feedInPricesWithin(tariff, at, end);
  const otherWatts = houseLoad(site);
  return spansOf(at, end, then).map(({ from, until }): PlanStep => {
    const grams = meanWithin(outside.carbon, from, until, (value) => value) ?? gramsPerKwh ?? 0;
    const outdoor = meanWithin(outside.weather, from, until, ({ outdoorC }) => outdoorC) ?? assumedOutdoor;
    const money = (of: Timeline<bigint>) =>
      meanWithin(of, from, until, (value) => Number(value) * perMicro) ?? 0;
    return {
      from,
      duration: Seconds((until - from) / 1000),
      pricePerKwh: money(prices) * priceTimes,
      exportPerKwh: money(feedIn),
      kgPerKwh: grams / 1000,
      outdoor: Celsius(outdoor),
      otherWatts,
      solarWatts: solarWithin(site, from, until),
    };
  });
}

/** Quarter-hours, then half-hours where they are asked for, then hours, at the clock's own; the first one begins now. */
function spansOf(at: Instant, end: Instant, then: Then): Span<undefined>[] {
  const halfUntil = at + (then === "half-hours" ? halvesMs : fineMs);
  const spans: Span<undefined>[] = [];
  for (let from = at; from < end;) {
    const longest = from < halfUntil ? halfHourMs : hourMs;
    const length = from - at < fineMs || from % longest !== 0 ? quarterMs : longest;
    const next = Math.floor(from / length) * length + length;
    const until = Math.min(end, next - from < shortestMs ? next + quarterMs : next);
    spans.push({ from, until: Instant(until), value: undefined });
    from = Instant(until);
  }
  return spans;
}

function roomOf(
  site: PlannedSite,
  room: RoomSink,
  steps: readonly PlanStep[],
  wished: readonly HeaterConfig[],
  supposed: Supposed,
  worth: number,
): PlannedRoom | undefined {
  const { id, comfort, model } = room;
  const estimate = site.state.sinks[id]?.estimate;
  if (!estimate?.mean) return undefined;
  const [air, fabric] = estimate.mean;
  const offset = modelOffset(model, estimate);
  const { timezone } = site.config;
  const overrides = [...(site.owner.overrides[id] ?? []), ...absenceOf(site, supposed)];
  const targetAt = (at: Instant) =>
    withinTargets(room, comfortAt(comfort, overrides, at, timezone).target + (supposed.warmerBy ?? 0));
  // A step that ends as the target falls is still wanted at the target before.
  const wanted = steps.map((step) => targetAt(Instant(endOf(step) - 1)));
  const most = steps.map((step, at) => {
    const near = wanted.filter(
      (_, other) => other >= at && (steps[other]?.from ?? step.from) < endOf(step) + aheadMs,
    );
    return withinTargets(room, Math.max(...near) + site.settings.warmerK);
  });
  return {
    kind: "room",
    id,
    model,
    state: { air: Celsius(air), fabric: Celsius(fabric) },
    gains: steps.map((step) => {
      const hoursAhead = (step.from + step.duration * 500 - site.at) / 1000;
      return offset * Math.exp((0 - hoursAhead) / fadeSeconds) + wishedHeat(site, wished, id, step);
    }),
    least: wanted,
    most,
    coldPerKelvinHour: worth * kwhPerKelvinHour,
    hotPerKelvinHour: worth * kwhPerKelvinHour,
  };
}
