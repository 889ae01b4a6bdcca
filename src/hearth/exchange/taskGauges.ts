import {
  type Clock,
  type HeaterId,
  Joules,
  type Provenance,
  type Seconds,
  type Watts,
} from "../../domain/index.ts";
import { SharedEnergy } from "../../energy/index.ts";
import type { HeaterReading } from "../../heat/index.ts";
import type { DrawnEnergy } from "../../jobs/index.ts";

/** A heater that tasks run on, as far as its energy is shared out among them. */
export interface GaugedHeater {
  readonly id: HeaterId;
  readonly idleWatts: Watts;
  readonly wattsPerSlot: Watts;
}

/** What is known of heaters now. */
export interface GaugeSight {
  readonly reading: (heater: HeaterId) => HeaterReading | undefined;
  /** What it was set to last, W. */
  readonly setpoint: (heater: HeaterId) => number;
}

/** A reading says what a heater draws for so long, s. */
const longestHold = 60;
const blind: GaugeSight = { reading: () => undefined, setpoint: () => 0 };

/** Shares out among tasks what the heaters that they run on were metered at, or report. */
export class TaskGauges {
  readonly #clock: Clock;
  readonly #host: Clock;
  readonly #gauges = new Map<HeaterId, HeaterGauge>();
  #sight = blind;

  /** @param host the time in which exchanges live: where the site's is faster, energy counts by this one */
  constructor(clock: Clock, host: Clock) {
    this.#clock = clock;
    this.#host = host;
  }

  /** Looks at every heater, as after each round. */
  follow(sight: GaugeSight): void {
    this.#sight = sight;
    for (const gauge of this.#gauges.values()) gauge.count(sight);
  }

  /** A task begins on a heater. @returns what tells, once, what it drew; undefined where that was not measured */
  begin(heater: GaugedHeater): () => DrawnEnergy | undefined {
    const gauge = this.#gaugeOf(heater);
    const [began, hostBegan] = [this.#clock.monotonic(), this.#host.monotonic()];
    const task = gauge.begin(this.#sight);
    return () => {
      const drawn = gauge.end(task, this.#sight, began);
      const passed = this.#clock.monotonic() - began;
      const faster = passed > 0 ? (this.#host.monotonic() - hostBegan) / passed : 1;
      return drawn && { ...drawn, joules: drawn.joules * faster };
    };
  }

  #gaugeOf(heater: GaugedHeater): HeaterGauge {
    const known = this.#gauges.get(heater.id);
    if (known) return known;
    const gauge = new HeaterGauge(heater, this.#clock);
    this.#gauges.set(heater.id, gauge);
    return gauge;
  }
}

/** One heater's energy as far as it is its tasks'. */
class HeaterGauge {
  readonly #heater: GaugedHeater;
  readonly #clock: Clock;
  readonly #shared = new SharedEnergy(Joules(0));
  #tasks = 0;
  #joules = 0;
  #countedAt: Seconds;
  #reading: HeaterReading | undefined;
  /** When energy was last only reported, and when it was not measured at all. */
  #reportedAt = Number.NEGATIVE_INFINITY;
  #unmeasuredAt = Number.NEGATIVE_INFINITY;

  constructor(heater: GaugedHeater, clock: Clock) {
    this.#heater = heater;
    this.#clock = clock;
    this.#countedAt = clock.monotonic();
  }

  begin(sight: GaugeSight): number {
    this.count(sight);
    this.#tasks += 1;
    return this.#shared.begin(Joules(this.#joules));
  }

  end(task: number, sight: GaugeSight, began: Seconds): DrawnEnergy | undefined {
    this.count(sight);
    this.#tasks -= 1;
    const joules = this.#shared.end(task, Joules(this.#joules));
    if (this.#unmeasuredAt > began) return undefined;
    return { joules, provenance: this.#reportedAt > began ? "reported" : "metered" };
  }

  /** Each reading counts from when it was made on, until the next was. */
  count(sight: GaugeSight): void {
    const now = this.#clock.monotonic();
    const newest = sight.reading(this.#heater.id);
    const age = newest ? Math.max(0, (this.#clock.now() - newest.at) / 1000) : 0;
    const setpoint = sight.setpoint(this.#heater.id);
    const turn = Math.min(now, Math.max(this.#countedAt, now - age));
    this.#add(this.#reading, turn - this.#countedAt, turn, setpoint);
    this.#reading = newest && age <= longestHold ? newest : undefined;
    this.#add(this.#reading, now - turn, now, setpoint);
    this.#countedAt = now;
  }

  #add(reading: HeaterReading | undefined, seconds: number, until: number, setpoint: number): void {
    if (this.#tasks === 0 || seconds <= 0) return;
    const provenance: Provenance = reading?.provenance ?? "estimated";
    if (provenance === "estimated") this.#unmeasuredAt = until;
    if (provenance === "reported") this.#reportedAt = until;
    // Until it says that it runs tasks they wait for their power, and what it draws is no task's.
    if (reading?.workload !== "job") return;
    const { idleWatts, wattsPerSlot } = this.#heater;
    const claimed = idleWatts + this.#tasks * wattsPerSlot;
    this.#joules += reading.watts * Math.min(1, claimed / Math.max(setpoint, claimed)) * seconds;
  }
}
