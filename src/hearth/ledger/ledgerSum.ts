import { z } from "zod";
import { worthOf } from "../../bitcoin/index.ts";
import { costOf, type Instant, Joules, Micros } from "../../domain/index.ts";
import {
  type Account,
  accountOf,
  addAccount,
  type Counterfactual,
  counterfactualDefaults,
  emptyAccount,
  heatPricePerKwh,
} from "../../energy/index.ts";

/** Text in JSON; a round that failed goes on from the state in memory, where it is a number already. */
const micros = z
  .union([z.bigint(), z.string().regex(/^-?\d{1,30}$/)])
  .transform((amount) => Micros(BigInt(amount)));
const kilograms = z.number();

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
  /** Undefined where nothing told what the grid emits. */
  carbon: z.object({ used: kilograms, displaced: kilograms, consequential: kilograms }).optional(),
});
export type LedgerSum = z.output<typeof ledgerSumSchema>;

/** As JSON has it, with whatever names its time. */
export const keptSum = <Sum extends LedgerSum>({ cost, revenue, heatValue, heatPumpCost, ...rest }: Sum) => ({
  ...rest,
  cost: String(cost),
  revenue: String(revenue),
  heatValue: String(heatValue),
  heatPumpCost: String(heatPumpCost),
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
  /** Of one bitcoin; undefined: sats stay sats. */
  readonly bitcoinPrice: Micros | undefined;
  readonly electricityPerKwh: Micros;
  readonly instead: Counterfactual;
  /** Undefined where nothing tells it. */
  readonly gridKgPerKwh: number | undefined;
}

/** Adds a round. Its sats are worth what all of the sum's are worth now, so that no fraction is lost. */
export function withEntry(sum: LedgerSum, entry: LedgerEntry): LedgerSum {
  const { electricity, heat, useful, electricityPerKwh, instead, gridKgPerKwh } = entry;
  const sats = sum.sats + entry.sats;
  const account = accountOfEntry(entry, gridKgPerKwh ?? 0);
  const sums = addAccount({ ...emptyAccount, ...sum }, { ...account, cost: entry.cost });
  const pump: Counterfactual =
    instead.kind === "heat-pump"
      ? instead
      : { kind: "heat-pump", seasonalPerformance: counterfactualDefaults.seasonalPerformance };
  const carbon = gridKgPerKwh === undefined ? sum.carbon : addCarbon(sum.carbon, account);
  return {
    joules: sum.joules + electricity,
    heatJoules: sum.heatJoules + heat,
    usefulJoules: sum.usefulJoules + useful,
    cost: sums.cost,
    sats,
    revenue: entry.bitcoinPrice === undefined ? Micros(0n) : worthOf(sats, entry.bitcoinPrice),
    heatValue: sums.heatValue,
    heatPumpCost: Micros(sum.heatPumpCost + costOf(useful, heatPricePerKwh(pump, electricityPerKwh))),
    ...(carbon ? { carbon } : {}),
  };
}

/** The marginal kWh is taken to emit what the mean one does: no feed tells it. */
const accountOfEntry = (
  { electricity, useful, electricityPerKwh, instead }: LedgerEntry,
  gridKgPerKwh: number,
): Account =>
  accountOf(
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
      electricityPerKwh,
      fuel: "gas",
      fuelPerKwh: Micros(0n),
      instead,
      carbon: { gridKgPerKwh, marginalKgPerKwh: gridKgPerKwh },
    },
  );

const addCarbon = (before: LedgerSum["carbon"], account: Account): LedgerSum["carbon"] => ({
  used: (before?.used ?? 0) + account.usedKg,
  displaced: (before?.displaced ?? 0) + account.displacedKg,
  consequential: (before?.consequential ?? 0) + account.consequentialKg,
});
