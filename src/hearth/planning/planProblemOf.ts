import {
  Celsius,
  Instant,
  plus,
  Seconds,
  type Span,
  type Timeline,
  Watts,
  within,
} from "../../domain/index.ts";
import { type Capacity, feedInPricesWithin, pricesWithin, type Tariff } from "../../energy/index.ts";
import {
  assumedOutdoor,
  type ComfortOverride,
  comfortAt,
  type ControlConfig,
  type ControlOutput,
  type ControlState,
  type HeaterConfig,
  type HeaterStatus,
  isOnTrial,
  modelOffset,
  otherLoads,
  type OwnerWishes,
  type PlannedHeater,
  type PlannedRoom,
  type PlanProblem,
  type PlanStep,
  type SinkConfig,
  trustedSteps,
} from "../../heat/index.ts";
import type { Outside } from "../outside.ts";

/** How a site's day is planned. */
export interface PlanSettings {
  readonly hours: number;
  /** So much warmer than its target a room may be made while energy is cheap, K. */
  readonly warmerK: number;
  /** Of a kg of CO₂, in the tariff's currency. */
  readonly carbonPerKg: number;
}

/** What would be otherwise, for a question of what if. */
export interface Supposed {
  /** All targets, K. */
  readonly warmerBy?: number | undefined;
  /** All prices. */
  readonly priceTimes?: number | undefined;
  /** Nobody is there from now on. */
  readonly away?: { readonly targetC: Celsius; readonly hours: number } | undefined;
}

/** A site as it is now, and what is known of its next day. */
export interface PlannedSite {
  readonly at: Instant;
  readonly settings: PlanSettings;
  readonly config: ControlConfig;
  readonly control: Pick<ControlOutput, "heaters">;
  readonly state: ControlState;
  readonly owner: OwnerWishes;
  readonly tariff: Tariff;
  readonly outside: Outside;
  /** Of the grid's kWh, where no feed knows better. */
  readonly gramsPerKwh: number | undefined;
  readonly peakWatts: number;
  /** Of sinks and heaters. */
  readonly names: Readonly<Record<string, string>>;
  /** What a kWh in each heater earns, in the tariff's currency. */
  readonly earnsPerKwh: Readonly<Record<string, number>>;
}

const quarterMs = 900_000;
const hourMs = 3_600_000;
/** Until then in quarter-hours, then in hours. */
const fineMs = 6 * hourMs;
/** A first step that would be shorter is part of the next one. */
const shortestMs = 300_000;
/** A room may be warm for its next target so long before it. */
const aheadMs = 4 * hourMs;
/** In which the power fades by which the world differs from the model, as the estimate has it, s. */
const fadeSeconds = 6 * 3600;
/** A kelvin too cold or too warm for an hour counts like so many kWh. */
const kwhPerKelvinHour = 4;
/** Plans switch a heater no faster, so that in a quarter-hour it has one power and no mean of several. */
const leastTurn = Seconds(600);
/** Of a start: so many kWh, that nothing is switched for nothing. */
const kwhPerStart = 0.03;
const perMicro = 1e-6;

/** The next day or so of a site as the planner takes it; without a known temperature in any room there is none. */
export function planProblemOf(site: PlannedSite, supposed: Supposed = {}): PlanProblem | undefined {
  const steps = stepsOf(site, supposed);
  const meanPrice = steps.reduce((sum, { pricePerKwh }) => sum + Math.abs(pricePerKwh), 0) / steps.length;
  const worth = Math.max(meanPrice, Number.EPSILON);
  const wished = site.config.heaters.filter(({ id }) => isWished(site, id));
  const rooms = site.config.sinks.flatMap((sink) => roomOf(site, sink, steps, wished, supposed, worth) ?? []);
  if (rooms.length === 0) return undefined;
  const known = new Set(rooms.map(({ id }) => id));
  const heaters = site.config.heaters.flatMap((heater, index) =>
    known.has(heater.sink) ? (heaterOf(site, heater, site.control.heaters[index], steps, worth) ?? []) : [],
  );
  if (heaters.length === 0) return undefined;
  return {
    steps,
    heaters,
    backups: [],
    sinks: rooms,
    loads: [],
    feederWatts: site.config.feeder.maxWatts,
    carbonPerKg: site.settings.carbonPerKg,
    peakPerKw: site.tariff.capacity ? monthlyFee(site.tariff.capacity) : 0,
    peakSoFar: Watts(site.peakWatts),
  };
}

const monthlyFee = ({ perKw, per }: Capacity) => (Number(perKw) * perMicro) / (per === "year" ? 12 : 1);

function stepsOf(site: PlannedSite, { priceTimes = 1 }: Supposed): PlanStep[] {
  const { at, tariff, outside, gramsPerKwh } = site;
  const end = Instant(at + site.settings.hours * hourMs);
  const prices = pricesWithin(tariff, at, end);
  const feedIn = feedInPricesWithin(tariff, at, end);
  const otherWatts = otherLoads(site.state.mains);
  return spansOf(at, end).map(({ from, until }): PlanStep => {
    const grams = meanOf(outside.carbon, from, until, (value) => value) ?? gramsPerKwh ?? 0;
    const outdoor = meanOf(outside.weather, from, until, ({ outdoorC }) => outdoorC) ?? assumedOutdoor;
    const money = (of: Timeline<bigint>) => meanOf(of, from, until, (value) => Number(value) * perMicro) ?? 0;
    return {
      from,
      duration: Seconds((until - from) / 1000),
      pricePerKwh: money(prices) * priceTimes,
      exportPerKwh: money(feedIn),
      kgPerKwh: grams / 1000,
      outdoor: Celsius(outdoor),
      otherWatts,
      solarWatts: Watts(0),
    };
  });
}

/** Quarter-hours, then hours, at the clock's own; the first one begins now. */
function spansOf(at: Instant, end: Instant): Span<undefined>[] {
  const spans: Span<undefined>[] = [];
  for (let from = at; from < end;) {
    const length = from - at < fineMs || from % hourMs !== 0 ? quarterMs : hourMs;
    const next = Math.floor(from / length) * length + length;
    const until = Math.min(end, next - from < shortestMs ? next + quarterMs : next);
    spans.push({ from, until: Instant(until), value: undefined });
    from = Instant(until);
  }
  return spans;
}

/** The mean of what is known of a time; undefined where nothing is. */
function meanOf<Value>(
  timeline: Timeline<Value>,
  from: Instant,
  until: Instant,
  of: (value: Value) => number,
): number | undefined {
  const parts = within(timeline, from, until);
  const length = parts.reduce((sum, part) => sum + (part.until - part.from), 0);
  if (length === 0) return undefined;
  return parts.reduce((sum, part) => sum + of(part.value) * (part.until - part.from), 0) / length;
}

const endOf = ({ from, duration }: PlanStep): Instant => plus(from, duration);

function roomOf(
  site: PlannedSite,
  { id, comfort, limits, model }: SinkConfig,
  steps: readonly PlanStep[],
  wished: readonly HeaterConfig[],
  { warmerBy = 0, away }: Supposed,
  worth: number,
): PlannedRoom | undefined {
  const estimate = site.state.sinks[id]?.estimate;
  if (!estimate?.mean) return undefined;
  const [air, fabric] = estimate.mean;
  const offset = modelOffset(model, estimate);
  const { timezone } = site.config;
  const absent: ComfortOverride[] = away
    ? [{ kind: "away", targetC: away.targetC, until: plus(site.at, Seconds(away.hours * 3600)) }]
    : [];
  const overrides = [...(site.owner.overrides[id] ?? []), ...absent];
  const targetAt = (at: Instant) =>
    Math.min(
      limits.maxC - comfort.bandK,
      Math.max(limits.minC + comfort.bandK, comfortAt(comfort, overrides, at, timezone).target + warmerBy),
    );
  // A step that ends as the target falls is still wanted at the target before.
  const wanted = steps.map((step) => targetAt(Instant(endOf(step) - 1)));
  const most = steps.map((step, at) => {
    const near = wanted.filter(
      (_, other) => other >= at && (steps[other]?.from ?? step.from) < endOf(step) + aheadMs,
    );
    return Math.min(limits.maxC - comfort.bandK, Math.max(...near) + site.settings.warmerK);
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

const isWished = ({ owner, at }: PlannedSite, id: string) => (owner.powers[id]?.until ?? 0) > at;

/** Heat of heaters whose power the owner has asked for. */
const wishedHeat = ({ owner }: PlannedSite, wished: readonly HeaterConfig[], sink: string, step: PlanStep) =>
  wished
    .filter((heater) => heater.sink === sink && (owner.powers[heater.id]?.until ?? 0) > step.from)
    .reduce((sum, { id, heatShare }) => sum + (owner.powers[id]?.watts ?? 0) * heatShare, 0);

/** A heater that a plan may count on: it answers, is sound, was tried, and its owner has no other wish. */
function heaterOf(
  site: PlannedSite,
  heater: HeaterConfig,
  status: HeaterStatus | undefined,
  steps: readonly PlanStep[],
  worth: number,
): PlannedHeater | undefined {
  const { id, traits, minOn, minOff, heatShare, sink } = heater;
  const memory = site.state.heaters[id];
  const isAble = status && !["stopped-by-owner", "unreachable", "fault"].includes(status.state);
  if (!memory || !isAble || isOnTrial(memory.trial) || isWished(site, id)) return undefined;
  return {
    id,
    steps: trustedSteps(traits, memory.trial),
    heatShare,
    sinks: [sink],
    earnsPerKwh: steps.map(() => site.earnsPerKwh[id] ?? 0),
    minOn: Seconds(Math.max(minOn, leastTurn)),
    minOff: Seconds(Math.max(minOff, leastTurn)),
    startCost: worth * kwhPerStart,
    watts: memory.setpoint.watts,
    // A rest or run that ends within the first half of the first step is taken to be over.
    since: Seconds(memory.sinceSwitch + (steps[0]?.duration ?? 0) / 2),
  };
}
