import { Celsius, type Clock, type HeaterId, Seconds, Watts } from "../../domain/index.ts";
import type { TaskHost } from "../../drivers/index.ts";
import type { TaskClaim } from "../../heat/index.ts";
import type { TaskEnd, TaskOrder, TaskRunner } from "../../jobs/index.ts";
import type { TaskGauges } from "./taskGauges.ts";

/** A heater as the desk knows it after a round. */
export interface DeskHeater {
  readonly id: HeaterId;
  readonly host: TaskHost;
  readonly idleWatts: Watts;
  readonly wattsPerSlot: Watts;
  /** At this temperature of its sink and above, no task may warm it further. */
  readonly warmest: Celsius;
  /** Whether its tasks may go on; when not they have half a minute to end. */
  readonly mayGoOn: boolean;
}

export interface TaskDeskOptions {
  readonly clock: Clock;
  /** That other heaters hold tasks than before: the control is to know at once. */
  readonly onChange: () => void;
  /** Measures what tasks draw; without it nothing is told of that. */
  readonly gauges?: Pick<TaskGauges, "begin">;
}

interface HeldTask {
  readonly heater: HeaterId;
  readonly stop: AbortController;
}

/** For a task to end by itself once its heater is wanted for nothing, or by nobody. */
const warning = Seconds(30);
/** A sink may be so much warmer before the control ends at once what the desk was about to. */
const bearableKelvin = 0.2;
const pause = Seconds(1);
const nowhere = (message: string): TaskEnd => ({ kind: "failed", failure: "evicted", message });

/** Gives each task to the heater whose slot is the cheapest that is free, and claims the power that it needs there. */
export class TaskDesk implements TaskRunner {
  readonly #options: TaskDeskOptions;
  readonly #held = new Set<HeldTask>();
  readonly #ending = new Map<HeaterId, AbortController>();
  #heaters: ReadonlyMap<HeaterId, DeskHeater> = new Map();
  #slots: readonly HeaterId[] = [];

  constructor(options: TaskDeskOptions) {
    this.#options = options;
  }

  /** @param slots heaters by the slots that they offer now, cheapest first */
  follow(heaters: readonly DeskHeater[], slots: readonly HeaterId[]): void {
    this.#heaters = new Map(heaters.map((heater) => [heater.id, heater]));
    this.#slots = slots;
    for (const heater of new Set([...this.#held].map((task) => task.heater))) {
      if (this.#heaters.get(heater)?.mayGoOn === true) this.#goOn(heater);
      else this.#warn(heater);
    }
  }

  /** What tasks need of each heater that has some; those that their owner has stopped are told to end. */
  claims(stopped: readonly HeaterId[] = []): Readonly<Record<string, TaskClaim>> {
    for (const id of stopped) if (this.#countOn(id) > 0) this.#warn(id);
    const heaters = [...this.#heaters.values()].filter(({ id }) => this.#countOn(id) > 0);
    return Object.fromEntries(
      heaters.map(({ id, idleWatts, wattsPerSlot, warmest }) => {
        const tasks = this.#countOn(id);
        const why = `runs ${tasks === 1 ? "a task" : `${tasks} tasks`} of the exchange`;
        const watts = Watts(idleWatts + tasks * wattsPerSlot);
        const bearable = Celsius(warmest + bearableKelvin);
        return [id, { watts, why, warmest: bearable, isEnding: this.#ending.has(id) }];
      }),
    );
  }

  async run(order: TaskOrder, signal: AbortSignal, onProgress: (done: number) => void): Promise<TaskEnd> {
    const heater = this.#freeHeater();
    if (!heater) {
      // What is offered has changed, and the exchange has yet to hear of it: it is not asked for more at once.
      await this.#options.clock.sleep(pause, signal);
      return nowhere("no heater has a place for it now");
    }
    const stop = new AbortController();
    const end = () => stop.abort();
    const held: HeldTask = { heater: heater.id, stop };
    this.#held.add(held);
    const measured = this.#options.gauges?.begin(heater);
    signal.addEventListener("abort", end, { once: true });
    this.#options.onChange();
    try {
      const end = await heater.host.run(order, stop.signal, onProgress);
      const drawn = measured?.();
      if (end.kind !== "output") return end;
      return { ...end, place: heater.id, ...(drawn ? { drawn } : {}) };
    } finally {
      signal.removeEventListener("abort", end);
      this.#held.delete(held);
      if (this.#countOn(heater.id) === 0) this.#goOn(heater.id);
      this.#options.onChange();
    }
  }

  async close(): Promise<void> {
    for (const { stop } of this.#held) stop.abort();
    for (const heater of this.#ending.keys()) this.#goOn(heater);
  }

  #countOn(heater: HeaterId): number {
    return [...this.#held].filter((task) => task.heater === heater).length;
  }

  #freeHeater(): DeskHeater | undefined {
    const taken = new Map<HeaterId, number>();
    for (const { heater } of this.#held) taken.set(heater, (taken.get(heater) ?? 0) + 1);
    for (const id of this.#slots) {
      const left = taken.get(id) ?? 0;
      const heater = this.#heaters.get(id);
      if (left > 0) taken.set(id, left - 1);
      else if (heater?.mayGoOn && !this.#ending.has(id)) return heater;
    }
    return undefined;
  }

  #goOn(heater: HeaterId): void {
    this.#ending.get(heater)?.abort();
    this.#ending.delete(heater);
  }

  #warn(heater: HeaterId): void {
    if (this.#ending.has(heater)) return;
    const over = new AbortController();
    this.#ending.set(heater, over);
    void this.#endLater(heater, over.signal);
  }

  async #endLater(heater: HeaterId, over: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(warning, over);
    if (over.aborted) return;
    for (const task of this.#held) if (task.heater === heater) task.stop.abort();
  }
}
