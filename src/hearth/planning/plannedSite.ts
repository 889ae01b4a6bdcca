import { worthOf } from "../../bitcoin/index.ts";
import type { Instant } from "../../domain/index.ts";
import type { Tariff } from "../../energy/index.ts";
import { type ControlOutput, type HeaterReading, newLoad } from "../../heat/index.ts";
import { satsPerHash } from "../earnings.ts";
import type { Outside } from "../outside.ts";
import type { RoundState } from "../round.ts";
import type { SiteSetup } from "../siteSetup.ts";
import type { PlannedSite } from "./askedSite.ts";

/** By heater: hashes per joule, as it mined last. */
export type Efficiencies = Readonly<Record<string, number>>;

/** A heater that has only begun to mine says little of what it can. */
const leastShareOfSetpoint = 0.7;
const joulesPerKwh = 3.6e6;

/** What heaters that mine now tell of their efficiency, over what was known of them. */
export function efficienciesNow(
  before: Efficiencies,
  readings: Readonly<Record<string, HeaterReading | undefined>>,
  { heaters }: Pick<RoundState["control"], "heaters">,
): Efficiencies {
  const told = Object.entries(readings).flatMap(([id, reading]) => {
    const asked = heaters[id]?.setpoint.watts ?? 0;
    const isSteady = reading?.workload === "mining" && reading.watts >= leastShareOfSetpoint * asked;
    if (!reading?.hashrate || !isSteady || reading.watts <= 0) return [];
    return [[id, reading.hashrate / reading.watts] as const];
  });
  return { ...before, ...Object.fromEntries(told) };
}

export interface SeenSite {
  readonly at: Instant;
  readonly control: Pick<ControlOutput, "heaters">;
  readonly state: Pick<RoundState, "control" | "owner" | "peak" | "earnings" | "loads">;
  /** With the market's prices that are known. */
  readonly tariff: Tariff;
  readonly outside: Outside;
  readonly efficiencies: Efficiencies;
  /** What a kWh may be expected to earn by tasks of an exchange, in money, by heater. */
  readonly jobsPerKwh?: Readonly<Record<string, number>> | undefined;
}

/** What the planner has to know; undefined where the site plans nothing. */
export function plannedSiteOf(setup: SiteSetup, seen: SeenSite): PlannedSite | undefined {
  if (!setup.plan) return undefined;
  const { at, control, state, tariff, outside, efficiencies } = seen;
  return {
    at,
    settings: setup.plan,
    config: setup.control,
    control,
    state: state.control,
    owner: state.owner,
    loads: (setup.loads ?? []).map(({ name: _name, driver: _driver, ...config }) => ({
      config,
      memory: state.loads[config.id] ?? newLoad,
    })),
    tariff,
    outside,
    gramsPerKwh: setup.gramsPerKwh,
    names: Object.fromEntries(
      [...setup.sinks, ...setup.heaters, ...(setup.loads ?? [])].map(({ id, name }) => [id, name]),
    ),
    peakWatts: state.peak.peakWatts,
    earnsPerKwh: larger(miningPerKwh(setup, state.earnings, efficiencies), seen.jobsPerKwh ?? {}),
  };
}

/** A heater does what earns more. */
const larger = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((id) => [
      id,
      Math.max(one[id] ?? 0, other[id] ?? 0),
    ]),
  );

/** What a kWh in each heater earns by mining, in the tariff's currency; nothing where no bitcoin has a price. */
export function miningPerKwh(
  { economics }: Pick<SiteSetup, "economics">,
  earnings: RoundState["earnings"],
  efficiencies: Efficiencies,
): Readonly<Record<string, number>> {
  const bitcoinPrice = economics?.bitcoinPrice;
  const earned = (hashesPerJoule: number) => {
    const sats = hashesPerJoule * joulesPerKwh * satsPerHash(earnings);
    return bitcoinPrice === undefined ? 0 : Number(worthOf(sats, bitcoinPrice)) / 1e6;
  };
  return Object.fromEntries(Object.entries(efficiencies).map(([id, each]) => [id, earned(each)]));
}
