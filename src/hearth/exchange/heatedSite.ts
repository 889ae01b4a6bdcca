import { type Instant, isWithin, type SinkId } from "../../domain/index.ts";
import {
  type ControlConfig,
  type ControlOutput,
  type ControlState,
  dearnessOf,
  type HeaterConfig,
  heatWanted,
  hushAt,
  isBackup,
  isOnTrial,
  mayPlanAct,
  type ModelWatch,
  stepInAct,
  type TaskTraits,
} from "../../heat/index.ts";
import type { ComputingHeater, HeatedSite, HeatWanted } from "../../market/index.ts";
import type { ExchangeConfig } from "../config/exchangeConfig.ts";
import type { MadePlan } from "../planning/madePlan.ts";

/** A site as the last round left it, as far as its ask is made of it. */
export interface OfferedSite {
  readonly at: Instant;
  readonly control: Pick<ControlOutput, "heaters" | "sinks">;
  readonly state: ControlState;
  readonly watches: Readonly<Record<string, ModelWatch>>;
  /** Of a kWh now, in money. */
  readonly pricePerKwh: number;
  /** Of a kWh now, g CO₂e; undefined where nobody says. */
  readonly gramsPerKwh: number | undefined;
  /** The plan that was made last. */
  readonly plan: MadePlan | undefined;
  /** What a kWh in each heater earns by mining, in money. */
  readonly miningPerKwh: Readonly<Record<string, number>>;
}

/** So far below the warmest nothing new begins, K. */
const beginsBelow = 0.1;
const perMicro = 1e-6;

/** The site for `askOfHeat`: what its heat is worth now, and the slots of the heaters that tasks may begin on. */
export function heatedSiteOf(
  control: ControlConfig,
  exchange: ExchangeConfig,
  site: OfferedSite,
): HeatedSite {
  const open = control.heaters.filter((heater) => mayBegin(heater, exchange, site, control));
  const asking = new Set<string>(open.map(({ id }) => id));
  const sinks = new Set(open.map(({ sink }) => sink));
  return {
    pricePerKwh: site.pricePerKwh,
    wearPerKwh: Number(exchange.wear) * perMicro,
    marginPerKwh: Number(exchange.margin) * perMicro,
    leastPerClassHour: exchange.minPrice,
    heat: Object.fromEntries([...sinks].map((sink) => [sink, heatIn(control.heaters, site, sink, asking)])),
    heaters: withinWatts(
      open.flatMap((heater) => computingHeater(heater, site, control.timezone)),
      exchange.maxWatts ?? Infinity,
    ),
  };
}

/** What a class-hour emits on the heater that needs most for it, g; undefined where nobody says what a kWh does. */
export function gramsOf({ heaters }: HeatedSite, gramsPerKwh: number | undefined): number | undefined {
  if (gramsPerKwh === undefined) return undefined;
  return Math.max(
    0,
    ...heaters.map(({ wattsPerSlot, speed }) => (gramsPerKwh * wattsPerSlot) / speed / 1000),
  );
}

/** Which of the site's heaters may run tasks at all: their owner allows it, and they can. */
export const canCompute = (
  { id, traits }: Pick<HeaterConfig, "id" | "traits">,
  { heaters }: Pick<ExchangeConfig, "heaters">,
): boolean => traits.tasks !== undefined && (heaters === undefined || heaters.includes(id));

/** Whether tasks may go on on a heater: its owner lets them, and its sink is not as warm as they may make it. */
export function mayGoOn(
  heater: HeaterConfig,
  exchange: ExchangeConfig,
  site: OfferedSite,
  config: ControlConfig,
  below = 0,
): boolean {
  const status = site.control.heaters.find(({ id }) => id === heater.id);
  const temperature = site.control.sinks.find(({ id }) => id === heater.sink)?.estimate;
  const isAble = status && !["stopped-by-owner", "unreachable", "fault"].includes(status.state);
  if (!isAble || temperature === undefined || !canCompute(heater, exchange)) return false;
  const isInHours = exchange.hours?.some((span) => isWithin(span, site.at, config.timezone)) ?? true;
  return isInHours && temperature < warmestOf(heater.sink, exchange, site) - below;
}

function mayBegin(
  heater: HeaterConfig,
  exchange: ExchangeConfig,
  site: OfferedSite,
  config: ControlConfig,
): boolean {
  const memory = site.state.heaters[heater.id];
  if (!memory || memory.strange || isOnTrial(memory.trial)) return false;
  if (memory.setpoint.watts === 0 && memory.sinceSwitch < heater.minOff) return false;
  if (dearnessOf(heater.priceCeiling, site.pricePerKwh)) return false;
  return mayGoOn(heater, exchange, site, config, beginsBelow);
}

/** How warm tasks may make a sink: as a plan may, or a little beyond what is wanted; °C. */
export function warmestOf(sinkId: SinkId, exchange: ExchangeConfig, site: OfferedSite): number {
  const target = site.control.sinks.find(({ id }) => id === sinkId)?.comfort.target ?? -Infinity;
  const planned = plannedIn(site, sinkId);
  const most = planned?.sink.most[planned.at] ?? target + exchange.warmerK;
  return Math.min(exchange.maxC ?? Infinity, most);
}

function plannedIn({ plan, at, watches }: OfferedSite, sinkId: string) {
  const sink = plan?.problem.sinks.find(({ id }) => id === sinkId);
  const watch = watches[sinkId];
  const step = stepInAct(plan?.plan, at);
  if (!plan || !sink || !step || !watch || !mayPlanAct(watch)) return undefined;
  return { sink, at: plan.plan.steps.indexOf(step), plan };
}

function computingHeater(heater: HeaterConfig, site: OfferedSite, timezone: string): ComputingHeater[] {
  const { id, sink, heatShare, quiet, traits } = heater;
  const { tasks, idleWatts } = traits;
  if (!tasks) return [];
  const most = hushAt(quiet, site.at, timezone)?.maxWatts ?? Infinity;
  const slots = Math.min(tasks.slots, Math.floor((most - idleWatts) / tasks.wattsPerSlot + 1e-9));
  if (slots <= 0) return [];
  const miningPerKwh = traits.steps.mining ? (site.miningPerKwh[id] ?? 0) : 0;
  const { wattsPerSlot, speed } = tasks satisfies TaskTraits;
  return [{ id, sink, slots, wattsPerSlot, speed, heatShare, miningPerKwh }];
}

/** Cut to what all tasks together may draw, the first heaters first. */
function withinWatts(heaters: readonly ComputingHeater[], most: number): ComputingHeater[] {
  let left = most;
  return heaters.flatMap((heater) => {
    const slots = Math.min(heater.slots, Math.floor(left / heater.wattsPerSlot + 1e-9));
    left -= slots * heater.wattsPerSlot;
    return slots > 0 ? [{ ...heater, slots }] : [];
  });
}

/** By the plan where one is in force; else what the thermostat wants now, at what another source would take for it. */
function heatIn(
  heaters: readonly HeaterConfig[],
  site: OfferedSite,
  sinkId: SinkId,
  asking: ReadonlySet<string>,
): HeatWanted[] {
  const planned = plannedIn(site, sinkId);
  const isPlanned = site.state.sinks[sinkId]?.guard === "plan";
  if (planned && isPlanned) {
    const { plan, at } = planned;
    return heatWanted(plan.problem, plan.plan.steps, sinkId, at, asking);
  }
  const watts = site.control.sinks.find(({ id }) => id === sinkId)?.wanted ?? 0;
  if (watts <= 0) return [];
  return [{ watts, perKwh: costOfHeat(heaters, site, sinkId, asking) }];
}

/** What the cheapest other source takes for a kWh of heat; without one the heaters themselves have to give it. */
function costOfHeat(
  heaters: readonly HeaterConfig[],
  { pricePerKwh, miningPerKwh }: OfferedSite,
  sink: SinkId,
  asking: ReadonlySet<string>,
): number {
  const others = heaters.filter((heater) => heater.sink === sink && !asking.has(heater.id));
  const costs = others.map((heater) => {
    const earned = isBackup(heater) ? 0 : (miningPerKwh[heater.id] ?? 0);
    return Math.max(0, pricePerKwh - earned) / Math.max(0.01, heater.heatShare);
  });
  const shares = heaters.filter(({ id }) => asking.has(id)).map(({ heatShare }) => Math.max(0.01, heatShare));
  return Math.min(...costs, Math.max(0, pricePerKwh) / Math.max(0.01, ...shares));
}
