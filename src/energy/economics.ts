import { Joules, type Micros, type Provenance, Seconds } from "../domain/index.ts";
import type { EnergyBook, HeaterEnergy } from "./book.ts";
import { type EnergyCounter, newCounter } from "./counter.ts";
import { weaker } from "./meter.ts";
import { costOfTallies } from "./costTally.ts";

/** What a site's heaters drew, gave and cost over some time. */
export interface EnergySum {
  readonly energy: Joules;
  /** The part that went into sinks. */
  readonly heat: Joules;
  /** The part that own photovoltaics gave. */
  readonly solar: Joules;
  /** At the prices of its time; what own photovoltaics gave of it at what the grid would have paid. */
  readonly cost: Micros;
  /** Of the cost, what was not paid but forgone: what the grid would have paid. */
  readonly forgone: Micros;
  /** Time for which some heater has no power reading, at least; its energy is not counted. */
  readonly unmetered: Seconds;
  /** The weakest among the readings; undefined before the first. */
  readonly provenance: Provenance | undefined;
}

export const energyToday = (book: EnergyBook): EnergySum => sumOf(book, ({ today }) => today);
export const energyEver = (book: EnergyBook): EnergySum => sumOf(book, ({ ever }) => ever);
/** What one heater drew, gave and cost since ever. */
export const heaterEver = ({ heaters }: EnergyBook, id: string): EnergySum =>
  totalOf([heaters[id]?.ever ?? newCounter]);

const sumOf = ({ heaters }: EnergyBook, pick: (heater: HeaterEnergy) => EnergyCounter): EnergySum =>
  totalOf(Object.values(heaters).map(pick));

function totalOf(counters: readonly EnergyCounter[]): EnergySum {
  const sum = (of: (counter: EnergyCounter) => number) =>
    counters.reduce((total, counter) => total + of(counter), 0);
  return {
    energy: Joules(sum(({ joules }) => joules)),
    heat: Joules(sum(({ heatJoules }) => heatJoules)),
    solar: Joules(sum(({ solarJoules }) => solarJoules)),
    cost: costOfTallies(counters.flatMap(({ cost, forgone }) => [cost, forgone])),
    forgone: costOfTallies(counters.map(({ forgone }) => forgone)),
    unmetered: Seconds(Math.max(0, ...counters.map(({ unmeteredSeconds }) => unmeteredSeconds))),
    provenance:
      counters.reduce<Provenance | null>((weakest, { provenance }) => weaker(weakest, provenance), null) ??
      undefined,
  };
}
