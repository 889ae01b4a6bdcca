import { z } from "zod";
import { worthOf } from "../../bitcoin/index.ts";
import { costOf, Instant, Joules, Micros } from "../../domain/index.ts";
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

/** A local day of a site's heating, as it is kept. */
export const ledgerDaySchema = z.object({
  dayStart: z.number().transform(Instant),
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
export type LedgerDay = z.output<typeof ledgerDaySchema>;
/** The same as JSON has it. */
export type KeptLedgerDay = z.input<typeof ledgerDaySchema>;

export const keptDay = ({ cost, revenue, heatValue, heatPumpCost, ...day }: LedgerDay): KeptLedgerDay => ({
  ...day,
  cost: String(cost),
  revenue: String(revenue),
  heatValue: String(heatValue),
  heatPumpCost: String(heatPumpCost),
});

const newDay = (dayStart: Instant): LedgerDay => ({
  dayStart,
  joules: 0,
  heatJoules: 0,
  usefulJoules: 0,
  sats: 0,
  cost: Micros(0n),
  revenue: Micros(0n),
  heatValue: Micros(0n),
  heatPumpCost: Micros(0n),
});

/** Of a day's heat, what was wanted; all of it where no ledger tells. */
export function usefulHeatOf(ledger: Ledger | null, dayStart: Instant | null, heat: Joules): Joules {
  const today = ledger?.today;
  return today && today.dayStart === dayStart ? Joules(Math.min(heat, today.usefulJoules)) : heat;
}

/** What a round adds: energies and money since the last one, and what they count like now. */
export interface LedgerEntry {
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

export interface Ledger {
  readonly today: LedgerDay | null;
  /** Days that are over and not kept yet, oldest first. */
  readonly closed: readonly LedgerDay[];
}

export const newLedger: Ledger = { today: null, closed: [] };
const mostClosed = 62;

export const ledgerSchema = z
  .object({ today: ledgerDaySchema.nullable(), closed: z.array(ledgerDaySchema) })
  .nullable();

/** As JSON has it. */
export const keptLedger = (ledger: Ledger | null): z.input<typeof ledgerSchema> =>
  ledger && { today: ledger.today && keptDay(ledger.today), closed: ledger.closed.map(keptDay) };

/** Adds a round to its day; a day that is over is closed. Heat above demand earns nothing and displaces nothing. */
export function enterLedger({ today, closed }: Ledger, entry: LedgerEntry): Ledger {
  const isSame = today !== null && today.dayStart >= entry.dayStart;
  const before = isSame ? today : newDay(entry.dayStart);
  const over = today !== null && !isSame ? [...closed, today].slice(-mostClosed) : closed;
  return { today: added(before, entry), closed: over };
}

function added(day: LedgerDay, entry: LedgerEntry): LedgerDay {
  const { electricity, heat, useful, electricityPerKwh, instead, gridKgPerKwh } = entry;
  const sats = day.sats + entry.sats;
  const account = accountOfEntry(entry, gridKgPerKwh ?? 0);
  const sums = addAccount({ ...emptyAccount, ...day }, { ...account, cost: entry.cost });
  const pump: Counterfactual =
    instead.kind === "heat-pump"
      ? instead
      : { kind: "heat-pump", seasonalPerformance: counterfactualDefaults.seasonalPerformance };
  const carbon = gridKgPerKwh === undefined ? day.carbon : addCarbon(day.carbon, account);
  return {
    dayStart: day.dayStart,
    joules: day.joules + electricity,
    heatJoules: day.heatJoules + heat,
    usefulJoules: day.usefulJoules + useful,
    cost: sums.cost,
    sats,
    revenue: entry.bitcoinPrice === undefined ? Micros(0n) : worthOf(sats, entry.bitcoinPrice),
    heatValue: sums.heatValue,
    heatPumpCost: Micros(day.heatPumpCost + costOf(useful, heatPricePerKwh(pump, electricityPerKwh))),
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

const addCarbon = (before: LedgerDay["carbon"], account: Account): LedgerDay["carbon"] => ({
  used: (before?.used ?? 0) + account.usedKg,
  displaced: (before?.displaced ?? 0) + account.displacedKg,
  consequential: (before?.consequential ?? 0) + account.consequentialKg,
});
