import { type Instant, Joules, Micros, Seconds, spanAt, startOfLocalDay } from "../../domain/index.ts";
import {
  type EnergyBook,
  energyEver,
  heaterEver,
  feedInPriceAt,
  priceAt,
  surplusOf,
  type Tariff,
  type Wear,
} from "../../energy/index.ts";
import type { ControlConfig, ControlOutput } from "../../heat/index.ts";
import type { Earnings } from "../earnings.ts";
import type { Outside } from "../outside.ts";
import type { SiteEconomics } from "../siteSetup.ts";
import type { LedgerEntry } from "./ledgerSum.ts";

/** What a site's ledger goes by. */
export interface LedgerRates extends SiteEconomics {
  /** Of its heaters. */
  readonly wear: Wear;
  readonly tariff: Tariff;
  readonly outside: Outside | undefined;
  /** Of the grid's kWh, where no feed knows better. */
  readonly gramsPerKwh: number | undefined;
  /** The same of one kWh more. */
  readonly marginalGramsPerKwh: number | undefined;
  /** Of its own photovoltaics' kWh. */
  readonly solarGramsPerKwh: number;
  /** So much warmer than its target a room's heat is still wanted, K: as far as a plan may heat ahead. */
  readonly warmerK: number;
}

interface CountedBooks {
  readonly energy: EnergyBook;
  readonly loadEnergy: EnergyBook;
  readonly earnings: Earnings;
}

export interface CountedRound {
  readonly at: Instant;
  readonly before: CountedBooks;
  readonly after: CountedBooks;
  readonly elapsed: Seconds;
  /** Whether own photovoltaics and a meter that shows them are there. */
  readonly isSunMetered: boolean;
  readonly hasLoads: boolean;
  readonly output: Pick<ControlOutput, "sinks">;
}

/** Wear goes on while the hearth is away, but a ledger does not tell of that time. */
const longest = Seconds(900);

/** What a round adds to the ledger; undefined where the currency is another than before. */
export function entryOf(
  { heaters, sinks, timezone }: ControlConfig,
  rates: LedgerRates,
  { at, elapsed, before, after, output, isSunMetered, hasLoads }: CountedRound,
): LedgerEntry | undefined {
  if (before.energy.currency !== null && before.energy.currency !== after.energy.currency) return undefined;
  const [was, is] = [energyEver(before.energy), energyEver(after.energy)];
  const wanted = new Set(
    output.sinks
      .filter(({ id, estimate, comfort: { target, nextTarget = target, band } }) => {
        const sink = sinks.find((one) => one.id === id);
        const ahead = sink?.kind === "tank" ? Math.max(0, sink.storeC - target) : rates.warmerK;
        const warmest = Math.max(target, nextTarget) + band + ahead;
        return estimate !== undefined && estimate <= warmest;
      })
      .map(({ id }) => id as string),
  );
  const useful = heaters
    .filter(({ sink }) => wanted.has(sink))
    .reduce((sum, { id }) => sum + heaterEver(after.energy, id).heat - heaterEver(before.energy, id).heat, 0);
  const sats = Math.max(0, after.earnings.everSats - before.earnings.everSats);
  const { outside } = rates;
  const grams = (outside && spanAt(outside.carbon, at)?.value) ?? rates.gramsPerKwh;
  const importPrice = priceAt(rates.tariff, at);
  const marginal = (outside && spanAt(outside.marginal, at)?.value) ?? rates.marginalGramsPerKwh;
  return {
    at,
    dayStart: startOfLocalDay(at, timezone),
    electricity: Joules(Math.max(0, is.energy - was.energy)),
    heat: Joules(Math.max(0, is.heat - was.heat)),
    useful: Joules(Math.max(0, useful)),
    cost: Micros(is.cost - was.cost),
    sats,
    jobs: Micros(BigInt(after.earnings.everJobs) - BigInt(before.earnings.everJobs)),
    hashes: Math.max(0, after.earnings.everHashes - before.earnings.everHashes),
    seconds: Seconds(
      Math.min(longest, before.energy.at === null ? 0 : Math.max(0, at - before.energy.at) / 1000),
    ),
    wear: rates.wear,
    loads: hasLoads ? loadsEntry(before.loadEnergy, after.loadEnergy) : undefined,
    bitcoinPrice: rates.bitcoinPrice,
    electricityPerKwh: importPrice,
    solar: isSunMetered
      ? {
          joules: Joules(Math.max(0, is.solar - was.solar)),
          forgone: Micros(is.forgone - was.forgone),
          surplus: {
            joules: Joules(surplusOf(after.energy.surplus) * elapsed),
            exportPerKwh: feedInPriceAt(rates.tariff, at) ?? importPrice,
            kgPerKwh: rates.solarGramsPerKwh / 1000,
          },
        }
      : undefined,
    instead: rates.heatInstead,
    gridKgPerKwh: grams === undefined ? undefined : grams / 1000,
    marginalKgPerKwh: marginal === undefined ? undefined : marginal / 1000,
  };
}

function loadsEntry(before: EnergyBook, after: EnergyBook): LedgerEntry["loads"] {
  const [was, is] = [energyEver(before), energyEver(after)];
  if (before.currency !== null && before.currency !== after.currency) return undefined;
  return { joules: Joules(Math.max(0, is.energy - was.energy)), cost: Micros(is.cost - was.cost) };
}
