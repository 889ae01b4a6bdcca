import { z } from "zod";
import type { MeterReading } from "../drivers/index.ts";
import {
  Celsius,
  HeaterId,
  idPattern,
  Instant,
  type Reading,
  type SeriesId,
  type SiteEvent,
  spanAt,
  Watts,
} from "../domain/index.ts";
import { newBook, noPeak, peakSchema, priceAt, restoredBook, type Tariff } from "../energy/index.ts";
import {
  adaptedControl,
  aroundSink,
  atPresent,
  assumedOutdoor,
  control,
  type ControlConfig,
  type ControlInput,
  type ControlOutput,
  type ControlState,
  type Decision,
  drawnByLoad,
  type HeaterReading,
  initialControl,
  isAbsurd,
  isKnown,
  leniencyOf,
  type LoadMemory,
  type LoadsOutput,
  mayLoadDraw,
  mayPlanAct,
  type ModelWatch,
  modelWatchSchema,
  newLoad,
  newModelWatch,
  type OwnerWishes,
  type Replaced,
  restoredControl,
  runLoads,
  type SensorReading,
  type SolarArray,
  usualDraw,
  watchModel,
} from "../heat/index.ts";
import type { Json, TickRecord } from "../store/index.ts";
import { account, type Accounts } from "./account.ts";
import { entryOf, type LedgerRates } from "./ledger/entryOf.ts";
import { enterLedger, keptLedger, type Ledger, ledgerSchema, newLedger } from "./ledger/ledger.ts";
import type { Outside } from "./outside.ts";
import type { PlannedNow } from "./planning/madePlan.ts";
import { loadMemoriesSchema, noLoads, type RoundLoads } from "./roundLoads.ts";
import { earningsSchema, type JobIncome, noEarnings } from "./earnings.ts";

/** What a site remembers from one round of its loop to the next: plain data, kept with each tick. */
export interface RoundState extends Accounts {
  readonly version: 1;
  readonly control: ControlState;
  readonly owner: OwnerWishes;
  /** What heating came to, by day; null where nobody says what would heat instead. */
  readonly ledger: Ledger | null;
  /** What each deferrable load has done and does. */
  readonly loads: Readonly<Record<string, LoadMemory>>;
  /** How well each room's model foresees. */
  readonly watches: Readonly<Record<string, ModelWatch>>;
  /** Time of the newest recorded reading, by series. */
  readonly recordedAt: Readonly<Record<string, number>>;
  /** The last recorded decision, by heater. */
  readonly decided: Readonly<Record<string, string>>;
}

export interface RoundInput {
  readonly control: Omit<ControlInput, "owner">;
  /** What devices told since the last round. */
  readonly events: readonly SiteEvent[];
  /** All that each heater said since the last round, oldest first. */
  readonly heard: Readonly<Record<string, readonly HeaterReading[]>>;
  /** What the site's own meter said since the last round, oldest first; undefined where there is none. */
  readonly mains?: readonly MeterReading[];
  /** The site's own photovoltaics; undefined where it has none. */
  readonly solar?: SolarArray | undefined;
  /** All that each sink's sensor said since the last round, oldest first. */
  readonly sensed: Readonly<Record<string, readonly SensorReading[]>>;
  /** What the ledger goes by; none is kept without it. */
  readonly rates?: Omit<LedgerRates, "tariff" | "outside"> | undefined;
  /** The site's deferrable loads, and what their plugs say. */
  readonly loads?: RoundLoads | undefined;
  /** What the plan in force has for now. */
  readonly plan?: PlannedNow | undefined;
  /** What tasks of an exchange were settled for since the last round. */
  readonly jobs?: JobIncome | undefined;
  /** What feeds say of the world outside. */
  readonly outside?: Outside;
}

export interface RoundOutput {
  readonly loads: LoadsOutput;
  readonly state: RoundState;
  readonly control: ControlOutput;
  readonly record: TickRecord;
}

/** What is kept of one sensor in a round; of a sensor that runs wild, the newest. */
const mostSensed = 100;
/** What the world outside is recorded at: it changes by the quarter-hour at most. */
const outsideStepMs = 300_000;
const planStepMs = 60_000;

export function initialRound(config: ControlConfig): RoundState {
  return {
    version: 1,
    control: initialControl(config),
    owner: { stoppedHeaters: [], overrides: {}, powers: {}, trials: {} },
    energy: newBook,
    earnings: noEarnings,
    loadEnergy: newBook,
    peak: noPeak,
    ledger: null,
    loads: {},
    watches: {},
    recordedAt: {},
    decided: {},
  };
}

/**
 * The state to go on with after a restart. What this version cannot read of it is begun anew, part by part: an
 * owner's stop outlives whatever else was lost.
 */
export function restoredRound(config: ControlConfig, kept: unknown): RoundState {
  const fresh = initialRound(config);
  const parts = z.record(z.string(), z.unknown()).safeParse(kept).data ?? {};
  const owner = z.record(z.string(), z.unknown()).safeParse(parts["owner"]).data ?? {};
  const or = <S extends z.ZodType>(schema: S, value: unknown, otherwise: z.output<S>): z.output<S> =>
    schema.safeParse(value).data ?? otherwise;
  return {
    version: 1,
    control: restoredControl(config, parts["control"]),
    owner: {
      stoppedHeaters: or(stoppedSchema, owner["stoppedHeaters"], []),
      overrides: or(overridesSchema, owner["overrides"], {}),
      powers: or(powersSchema, owner["powers"], {}),
      trials: {},
    },
    energy: restoredBook(parts["energy"]),
    loadEnergy: restoredBook(parts["loadEnergy"]),
    earnings: or(earningsSchema, parts["earnings"], fresh.earnings),
    peak: or(peakSchema, parts["peak"], fresh.peak),
    ledger: or(ledgerSchema, parts["ledger"], null),
    loads: or(loadMemoriesSchema, parts["loads"], {}),
    watches: or(z.record(z.string(), modelWatchSchema), parts["watches"], {}),
    recordedAt: or(z.record(z.string(), z.number()), parts["recordedAt"], {}),
    decided: or(z.record(z.string(), z.string()), parts["decided"], {}),
  };
}

/** The state to go on with under another configuration, without a pause; what is gone from it is forgotten. */
export function adaptedRound(config: ControlConfig, state: RoundState, replaced: Replaced): RoundState {
  const [sinks, heaters] = [config.sinks, config.heaters].map((things) =>
    things.map(({ id }) => id as string),
  );
  const known = <Value>(record: Readonly<Record<string, Value>>, ids: readonly string[] | undefined) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => ids?.includes(id)));
  return {
    ...state,
    control: adaptedControl(config, state.control, replaced),
    owner: {
      ...state.owner,
      stoppedHeaters: state.owner.stoppedHeaters.filter((id) => heaters?.includes(id)),
      overrides: known(state.owner.overrides, sinks),
      powers: known(state.owner.powers, heaters),
    },
    watches: known(state.watches, sinks),
    decided: known(state.decided, heaters),
  };
}

const instant = z.number().transform(Instant);
const celsius = z.number().transform(Celsius);
const overrideSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hold"), targetC: celsius, since: instant }),
  z.object({ kind: z.literal("boost"), targetC: celsius, until: instant }),
  z.object({ kind: z.literal("away"), targetC: celsius, until: instant.nullable() }),
]);
const overridesSchema = z.record(z.string(), z.array(overrideSchema));
const powersSchema = z.record(
  z.string(),
  z.object({ watts: z.number().min(0).transform(Watts), until: instant }),
);
const stoppedSchema = z.array(z.string().regex(idPattern).transform(HeaterId));

/** One round of the hearth loop, from what was sensed to what is asked, metered and recorded. Pure. */
export function round(
  config: ControlConfig,
  tariff: Tariff,
  state: RoundState,
  input: RoundInput,
): RoundOutput {
  const { at } = input.control;
  const plan = wishesOf(config, state, input.plan);
  const loads = input.loads ?? noLoads;
  const others = input.control.mains;
  const byLoads = loads.configs.reduce((sum, { id }) => sum + drawnByLoad(loads.inputs[id], at), 0);
  const output = control(config, state.control, {
    ...input.control,
    mains: others === undefined ? undefined : Watts(others - byLoads),
    loads: loads.configs.reduce(
      (sum, load) => sum + mayLoadDraw(load, state.loads[load.id] ?? newLoad, loads.inputs[load.id], at),
      0,
    ),
    owner: state.owner,
    plan,
    price: Number(priceAt(tariff, at)) / 1e6,
  });
  const ran = runLoads(loads.configs, state.loads, {
    at,
    elapsed: input.control.elapsed,
    timezone: config.timezone,
    loads: loads.inputs,
    ...output.feeder,
    stagger: config.stagger,
    plan: input.plan?.loads,
  });
  const { readings, recordedAt } = newReadings(config, tariff, output, input, state.recordedAt);
  const decisions = output.decisions.filter(
    (decision) => state.decided[decision.heaterId] !== gistOf(decision),
  );
  const present = atPresent(config, state.control.sinks, input.control.outdoor);
  const accounts = account(present, tariff, state, {
    ...input.control,
    mains: input.mains,
    jobs: input.jobs,
    solar: input.solar,
    loads,
  });
  const next: RoundState = {
    version: 1,
    control: ran.hasStarted ? { ...output.state, sinceStart: 0 } : output.state,
    owner: output.owner,
    ...accounts,
    ledger: ledgerOf(config, tariff, state, input, accounts, output),
    loads: ran.memory,
    watches: watchModels(config, state, output, input.control),
    recordedAt,
    decided: Object.fromEntries(output.decisions.map((decision) => [decision.heaterId, gistOf(decision)])),
  };
  return {
    state: next,
    control: output,
    loads: ran,
    record: {
      at,
      readings,
      decisions: decisions.map(({ heaterId, setpoint, reason }) => ({
        at,
        heaterId: HeaterId(heaterId),
        setpointWatts: setpoint.watts,
        workload: setpoint.workload,
        reason,
      })),
      events: [...input.events, ...output.events, ...ran.events],
      state: { ...next, ledger: keptLedger(next.ledger) } as unknown as Json,
    },
  };
}

function ledgerOf(
  config: ControlConfig,
  tariff: Tariff,
  before: RoundState,
  { control: { at, elapsed }, rates, outside, solar, mains, loads }: RoundInput,
  after: Accounts,
  output: ControlOutput,
): RoundState["ledger"] {
  if (!rates) return before.ledger;
  const entry = entryOf(
    config,
    { ...rates, tariff, outside },
    {
      at,
      elapsed,
      before,
      after,
      output,
      isSunMetered: solar !== undefined && mains !== undefined,
      hasLoads: loads !== undefined && loads.configs.length > 0,
    },
  );
  return entry ? enterLedger(before.ledger ?? newLedger, entry) : before.ledger;
}

/** What the plan has for the heaters of those rooms whose model foresees well. */
const wishesOf = (
  { heaters }: ControlConfig,
  { watches }: RoundState,
  plan: PlannedNow | undefined,
): ControlInput["plan"] =>
  plan &&
  Object.fromEntries(
    heaters.flatMap(({ id, sink }) => {
      const [wish, watch] = [plan.wishes[id], watches[sink]];
      return wish && watch && mayPlanAct(watch) ? [[id, wish]] : [];
    }),
  );

const watchModels = (
  { sinks, timezone }: ControlConfig,
  { watches }: RoundState,
  output: ControlOutput,
  { at, elapsed, outdoor }: RoundInput["control"],
): RoundState["watches"] =>
  Object.fromEntries(
    sinks.map((sink, index) => {
      const { id, model, sensor } = sink;
      const estimate = output.state.sinks[id]?.estimate;
      const isAway = output.sinks[index]?.comfort.source === "away";
      const drawn = sink.kind === "tank" && !isAway ? usualDraw(sink.hotWater, at, timezone) : 0;
      const round = {
        elapsed,
        estimate: estimate && isKnown(sensor, estimate) ? estimate : undefined,
        heat: output.sinks[index]?.heating ?? Watts(0),
        outdoor: aroundSink(sink, outdoor) ?? assumedOutdoor,
        gains: Watts(0 - drawn),
      };
      return [id, watchModel(model, watches[id] ?? newModelWatch(), round, leniencyOf(sink))];
    }),
  );

/** A decision but for the words that change every minute. */
const gistOf = ({ setpoint, cause }: Decision) => `${setpoint.workload} ${setpoint.watts} ${cause}`;

/** What came in since the last round, each reading once, and what was wanted and asked in this one. */
function newReadings(
  config: ControlConfig,
  tariff: Tariff,
  output: ControlOutput,
  { control: input, heard, sensed, outside, plan, mains = [], loads }: RoundInput,
  recordedAt: RoundState["recordedAt"],
): { readings: Reading[]; recordedAt: RoundState["recordedAt"] } {
  const readings: Reading[] = [];
  const seen: Record<string, number> = { ...recordedAt };
  const add = (
    series: SeriesId,
    at: Instant,
    value: number | undefined,
    provenance: Reading["provenance"],
  ) => {
    if (value === undefined || !Number.isFinite(value) || seen[series] === at) return;
    seen[series] = Math.max(at, seen[series] ?? at);
    readings.push({ series, at, value, provenance });
  };
  for (const [index, { id, sensor }] of config.sinks.entries()) {
    const estimate = output.sinks[index]?.estimate;
    for (const { at, value } of sensed[id]?.slice(-mostSensed) ?? []) {
      const quantity = isAbsurd(sensor, value, estimate) ? "doubted" : "temperature";
      add(`sink/${id}/${quantity}`, at, value, "metered");
    }
  }
  for (const { id, comfort } of output.sinks) {
    add(`sink/${id}/target`, input.at, comfort.target, "reported");
  }
  for (const { id } of config.heaters) {
    for (const reading of heard[id] ?? []) {
      add(`heater/${id}/power`, reading.at, reading.watts, reading.provenance);
      add(`heater/${id}/hashrate`, reading.at, reading.hashrate, "reported");
      add(`heater/${id}/temperature`, reading.at, reading.temperature, "reported");
    }
  }
  for (const { id } of loads?.configs ?? []) {
    for (const { at, watts, provenance } of loads?.heard[id] ?? []) {
      add(`heater/${id}/power`, at, watts, provenance);
    }
  }
  const planStep = Instant(Math.floor(input.at / planStepMs) * planStepMs);
  for (const { id } of plan ? config.sinks : []) {
    add(`sink/${id}/foreseen`, planStep, plan?.foreseen[id], "estimated");
  }
  for (const { id } of plan ? config.heaters : []) {
    add(`heater/${id}/planned`, planStep, plan?.wishes[id]?.watts, "estimated");
  }
  for (const { at, watts } of mains) add("site/mains/power", at, watts, "metered");
  for (const { heaterId, setpoint } of output.decisions) {
    add(`heater/${heaterId}/setpoint`, input.at, setpoint.watts, "reported");
  }
  const step = Instant(Math.floor(input.at / outsideStepMs) * outsideStepMs);
  if (tariff.kind !== "fixed") add("site/grid/price", step, Number(priceAt(tariff, step)) / 1e6, "reported");
  const weather = outside && spanAt(outside.weather, step)?.value;
  add("site/grid/carbon", step, outside && spanAt(outside.carbon, step)?.value, "reported");
  add("site/outdoor/temperature", step, weather?.outdoorC, "estimated");
  add("site/outdoor/irradiance", step, weather?.globalWm2, "estimated");
  return { readings, recordedAt: seen };
}
