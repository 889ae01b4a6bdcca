import { highestStep, lowestStep, stepAtMost } from "../steps.ts";
import { beginsOf, heldDevices, mayRunBy } from "./heldDevices.ts";
import { type PlannedBackup, type PlannedHeater, type PlanProblem, wholePrice } from "./planProblem.ts";

interface SourceForm {
  readonly device: PlannedHeater | PlannedBackup;
  readonly fromGrid: boolean;
  readonly lowest: number;
  /** By step. */
  readonly mayRun: readonly boolean[];
  readonly heatPerWatt: readonly number[];
  readonly costOfHeat: readonly number[];
  /** At most so much in a step, W. */
  readonly most: (at: number) => number;
  /** The power at or below which it gives `wanted` W of power, under `free`; 0 where it does not fit. */
  readonly powerFor: (wanted: number, free: number) => number;
}

/** A heater or backup as plain rules switch it: it holds to its least times on and off. */
export class RuledSource {
  readonly form: SourceForm;
  #isOn: boolean;
  /** Until then it stays as it is, s from the first step on. */
  #heldUntil: number;

  constructor(form: SourceForm, heldUntil: number) {
    this.form = form;
    this.#isOn = form.device.watts > 0;
    this.#heldUntil = heldUntil;
  }

  /** Until when it has to go on running; 0 where it need not. */
  get boundUntil(): number {
    return this.#isOn ? this.#heldUntil : 0;
  }

  hasToRun(begin: number): boolean {
    return this.#isOn && begin < this.#heldUntil;
  }

  /** Whether it runs already or may start in step `at` and then stay on for its least time, within what is `free` by step. */
  mayRun(at: number, begins: readonly number[], free: readonly number[]): boolean {
    const begin = begins[at] ?? 0;
    const { mayRun, lowest, fromGrid, device } = this.form;
    if (mayRun[at] !== true) return false;
    if (this.#isOn) return true;
    if (begin < this.#heldUntil) return false;
    return begins.every(
      (other, step) =>
        step < at ||
        other >= begin + device.minOn ||
        (mayRun[step] === true && (!fromGrid || lowest <= (free[step] ?? 0))),
    );
  }

  /** Takes down what it does from `begin` on; gives until when it is bound to do so. */
  run(watts: number, begin: number): number {
    const isOn = watts > 0;
    const { minOn, minOff } = this.form.device;
    if (isOn !== this.#isOn) this.#heldUntil = begin + (isOn ? minOn : minOff);
    this.#isOn = isOn;
    return isOn ? this.#heldUntil : begin;
  }
}

export function ruledSources(problem: PlanProblem): readonly RuledSource[] {
  const held = heldDevices(problem);
  const prices = problem.steps.map((step) => wholePrice(step, problem));
  const forms = [
    ...problem.heaters.map((heater): SourceForm => ({
      device: heater,
      fromGrid: true,
      lowest: lowestStep(heater.steps),
      mayRun: mayRunBy(heater, lowestStep(heater.steps), problem.steps),
      most: (at) => heater.mostWatts?.[at] ?? Infinity,
      heatPerWatt: prices.map(() => heater.heatShare),
      costOfHeat: prices.map(
        (price, at) => (price - (heater.earnsPerKwh[at] ?? 0)) / Math.max(0.01, heater.heatShare),
      ),
      powerFor: (wanted, free) => {
        const { steps } = heater;
        return stepAtMost(steps, Math.min(free, highestStep(steps), Math.max(lowestStep(steps), wanted)));
      },
    })),
    ...problem.backups.map((backup): SourceForm => {
      const { performance, fuelPerKwh, minWatts, maxWatts } = backup;
      const fromGrid = fuelPerKwh === undefined;
      return {
        device: backup,
        fromGrid,
        lowest: minWatts,
        mayRun: mayRunBy(backup, minWatts, problem.steps),
        most: (at) => backup.mostWatts?.[at] ?? Infinity,
        heatPerWatt: prices.map((_, at) => performance[at] ?? 1),
        costOfHeat: prices.map((price, at) => (fuelPerKwh ?? price) / Math.max(0.01, performance[at] ?? 1)),
        powerFor: (wanted, free) => {
          const most = fromGrid ? Math.min(maxWatts, free) : maxWatts;
          return most < minWatts ? 0 : Math.min(most, Math.max(minWatts, wanted));
        },
      };
    }),
  ];
  return forms.map((form) => new RuledSource(form, held.get(form.device.id) ?? 0));
}

/** What is left of the feeder by step, W, as sources are bound to run. */
export class FeederLeft {
  readonly begins: readonly number[];
  readonly #watts: number[];

  constructor(problem: PlanProblem) {
    this.begins = beginsOf(problem);
    this.#watts = problem.steps.map(
      ({ otherWatts, solarWatts }) => problem.feederWatts - otherWatts + solarWatts,
    );
  }

  get watts(): readonly number[] {
    return this.#watts;
  }

  at(step: number): number {
    return Math.max(0, this.#watts[step] ?? 0);
  }

  /** Sets `watts` aside in the steps from `first` on that begin before `until`. */
  take(watts: number, first: number, until: number): void {
    this.begins.forEach((begin, at) => {
      if (at >= first && begin < until) this.#watts[at] = (this.#watts[at] ?? 0) - watts;
    });
  }
}
