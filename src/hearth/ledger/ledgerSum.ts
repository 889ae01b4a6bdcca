import { z } from "zod";
import { worthOf } from "../../bitcoin/index.ts";
import { costOf, type Instant, Joules, Micros, type Seconds, toKwh } from "../../domain/index.ts";
import {
  type Account,
  accountOf,
  addAccount,
  type Counterfactual,
  counterfactualDefaults,
  emptyAccount,
  electricityFor,
  heatPricePerKwh,
  type SurplusEnergy,
  type Wear,
} from "../../energy/index.ts";

/** Text in JSON; a round that failed goes on from the state in memory, where it is a number already. */
const micros = z
  .union([z.bigint(), z.string().regex(/^-?\d{1,30}$/)])
  .transform((amount) => Micros(BigInt(amount)));
const kilograms = z.number();
const carbonSchema = z.object({
  used: kilograms,
  displaced: kilograms,
  consequential: kilograms,
  /** What was drawn, and of it for what something told what one kWh more emits. */
  joules: z.number().nonnegative().default(0),
  marginalJoules: z.number().nonnegative().default(0),
  /** What was computed meanwhile, and the share of what making the devices emitted: of it, what is assumed. */
  hashes: z.number().nonnegative().default(0),
  embodied: kilograms.default(0),
  embodiedAssumed: kilograms.default(0),
});

/** What a site's heating came to over some time, as it is kept. */
export const ledgerSumSchema = z.object({
  joules: z.number().nonnegative(),
  /** Into sinks, and the part of it that was wanted there. */
  heatJoules: z.number().nonnegative(),
  usefulJoules: z.number().nonnegative(),
  /** What the hashes earned, and fractions of them. */
  sats: z.number().nonnegative(),
  cost: micros,
  revenue: micros,
  heatValue: micros,
  heatPumpCost: micros,
  /** What own photovoltaics gave, and of the cost what the grid would have paid for it; undefined where none were metered. */
  solar: z.object({ joules: z.number().nonnegative(), forgone: micros }).optional(),
  /** What deferrable loads drew, and at which cost, in none of the amounts above; undefined where there were none. */
  loads: z.object({ joules: z.number().nonnegative(), cost: micros }).optional(),
  /** What devices lost of their prices, in none of the amounts above; undefined where no price was told. */
  depreciation: micros.optional(),
  /** Of the revenue, what tasks of an exchange earned; undefined where there were none. */
  jobs: micros.optional(),
  /** Undefined where nothing told what the grid emits. */
  carbon: carbonSchema.optional(),
});
export type LedgerSum = z.output<typeof ledgerSumSchema>;

/** As JSON has it, with whatever names its time. */
export const keptSum = <Sum extends LedgerSum>({
  cost,
  revenue,
  heatValue,
  heatPumpCost,
  depreciation,
  jobs,
  solar,
  loads,
  ...rest
}: Sum) => ({
  ...rest,
  cost: String(cost),
  revenue: String(revenue),
  heatValue: String(heatValue),
  heatPumpCost: String(heatPumpCost),
  ...(depreciation === undefined ? {} : { depreciation: String(depreciation) }),
  ...(jobs === undefined ? {} : { jobs: String(jobs) }),
  ...(loads ? { loads: { joules: loads.joules, cost: String(loads.cost) } } : {}),
  ...(solar ? { solar: { joules: solar.joules, forgone: String(solar.forgone) } } : {}),
});

export const emptySum: LedgerSum = {
  joules: 0,
  heatJoules: 0,
  usefulJoules: 0,
  sats: 0,
  cost: Micros(0n),
  revenue: Micros(0n),
  heatValue: Micros(0n),
  heatPumpCost: Micros(0n),
};

interface SolarEntry {
  /** Of the electricity, what they gave. */
  readonly joules: Joules;
  /** Of the cost, what the grid would have paid for it. */
  readonly forgone: Micros;
  /** All that they left over, whether it was used or not: another device would have had it, too. */
  readonly surplus: SurplusEnergy;
}

/** What a round adds: energies and money since the last one, and what they count like now. */
export interface LedgerEntry {
  readonly at: Instant;
  readonly dayStart: Instant;
  readonly electricity: Joules;
  readonly heat: Joules;
  readonly useful: Joules;
  /** At the prices of its time. */
  readonly cost: Micros;
  readonly sats: number;
  /** What tasks of an exchange were settled for. */
  readonly jobs?: Micros | undefined;
  readonly hashes: number;
  /** Of deferrable loads; undefined where there are none. */
  readonly loads?: { readonly joules: Joules; readonly cost: Micros } | undefined;
  /** Since the last round, for which the heaters wear. */
  readonly seconds: Seconds;
  readonly wear: Wear;
  /** Of one bitcoin; undefined: sats stay sats. */
  readonly bitcoinPrice: Micros | undefined;
  readonly electricityPerKwh: Micros;
  /** Of own photovoltaics; undefined where none are metered: all is the grid's. */
  readonly solar?: SolarEntry | undefined;
  readonly instead: Counterfactual;
  /** Undefined where nothing tells it. */
  readonly gridKgPerKwh: number | undefined;
  /** Of one kWh more; undefined where nothing tells it: then the mean one stands for it. */
  readonly marginalKgPerKwh: number | undefined;
}

/** Adds a round, in which devices lost `worn` of their prices. Its sats are worth what all of the sum's are worth now, so that no fraction is lost. */
export function withEntry(sum: LedgerSum, entry: LedgerEntry, worn: Micros | undefined): LedgerSum {
  const { electricity, heat, useful, instead, gridKgPerKwh, solar } = entry;
  const loads = addLoads(sum.loads, entry.loads);
  const sats = sum.sats + entry.sats;
  const jobs = Micros((sum.jobs ?? 0n) + (entry.jobs ?? 0n));
  const mined = entry.bitcoinPrice === undefined ? 0n : worthOf(sats, entry.bitcoinPrice);
  const account = accountOfEntry(entry);
  const sums = addAccount({ ...emptyAccount, ...sum }, { ...account, cost: entry.cost });
  const pump: Counterfactual =
    instead.kind === "heat-pump"
      ? instead
      : { kind: "heat-pump", seasonalPerformance: counterfactualDefaults.seasonalPerformance };
  const carbon = gridKgPerKwh === undefined ? sum.carbon : addCarbon(sum.carbon, account, entry);
  const depreciation = worn === undefined ? sum.depreciation : Micros((sum.depreciation ?? 0n) + worn);
  return {
    joules: sum.joules + electricity,
    heatJoules: sum.heatJoules + heat,
    usefulJoules: sum.usefulJoules + useful,
    cost: sums.cost,
    sats,
    revenue: Micros(mined + jobs),
    ...(jobs > 0n ? { jobs } : {}),
    heatValue: sums.heatValue,
    heatPumpCost: Micros(
      sum.heatPumpCost + costOf(useful, heatPricePerKwh(pump, electricityOf(pump, entry).pricePerKwh)),
    ),
    ...(solar ? { solar: addSolar(sum.solar, solar) } : {}),
    ...(loads ? { loads } : {}),
    ...(depreciation === undefined ? {} : { depreciation }),
    ...(carbon ? { carbon } : {}),
  };
}

const addSolar = (before: LedgerSum["solar"], { joules, forgone }: SolarEntry): LedgerSum["solar"] => ({
  joules: (before?.joules ?? 0) + joules,
  forgone: Micros((before?.forgone ?? 0n) + forgone),
});

const addLoads = (before: LedgerSum["loads"], added: LedgerEntry["loads"]): LedgerSum["loads"] =>
  added
    ? {
        joules: (before?.joules ?? 0) + added.joules,
        cost: Micros((before?.cost ?? 0n) + added.cost),
      }
    : before;

/** What a kWh would have cost and emitted to what would have given the same heat. */
const electricityOf = (
  instead: Counterfactual,
  { useful, electricityPerKwh, gridKgPerKwh = 0, solar }: LedgerEntry,
) =>
  electricityFor(
    useful / (instead.kind === "heat-pump" ? instead.seasonalPerformance : 1),
    { pricePerKwh: electricityPerKwh, kgPerKwh: gridKgPerKwh },
    solar?.surplus,
  );

/**
 * The three ledgers: used by what gave the energy, displaced by what would have given it instead. What changed in the
 * whole system goes by the grid alone: own energy that is used is not fed in, and the grid makes up for it.
 */
function accountOfEntry(entry: LedgerEntry): Account {
  const { electricity, useful, instead, gridKgPerKwh = 0, marginalKgPerKwh = gridKgPerKwh, solar } = entry;
  const other = electricityOf(instead, entry);
  const solarKwh = toKwh(solar?.joules ?? Joules(0));
  const account = accountOf(
    {
      electricity,
      cooling: Joules(0),
      fuel: Joules(0),
      usefulHeat: useful,
      coolingSaved: Joules(0),
      jobs: Joules(0),
      revenue: Micros(0n),
    },
    {
      electricityPerKwh: other.pricePerKwh,
      fuelPerKwh: Micros(0n),
      fuelKgPerKwh: 0,
      instead,
      carbon: { gridKgPerKwh: other.kgPerKwh, marginalKgPerKwh },
    },
  );
  const usedKg = (toKwh(electricity) - solarKwh) * gridKgPerKwh + solarKwh * (solar?.surplus.kgPerKwh ?? 0);
  return { ...account, usedKg };
}

const noCarbon = {
  used: 0,
  displaced: 0,
  consequential: 0,
  joules: 0,
  marginalJoules: 0,
  hashes: 0,
  embodied: 0,
  embodiedAssumed: 0,
};

const addCarbon = (
  before: LedgerSum["carbon"],
  account: Account,
  { electricity, marginalKgPerKwh, hashes, seconds, wear }: LedgerEntry,
): LedgerSum["carbon"] => {
  const sum = before ?? noCarbon;
  return {
    used: sum.used + account.usedKg,
    displaced: sum.displaced + account.displacedKg,
    consequential: sum.consequential + account.consequentialKg,
    joules: sum.joules + electricity,
    marginalJoules: sum.marginalJoules + (marginalKgPerKwh === undefined ? 0 : electricity),
    hashes: sum.hashes + hashes,
    embodied: sum.embodied + wear.embodiedKgPerSecond * seconds,
    embodiedAssumed: sum.embodiedAssumed + wear.assumedKgPerSecond * seconds,
  };
};
