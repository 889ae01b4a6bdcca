import { Celsius, Watts } from "../../domain/index.ts";
import { type RoomState, stepRoom } from "../room.ts";
import type { PlannedSink, PlanStep } from "./planProblem.ts";
import { waterStepOf } from "./waterStep.ts";

/** A sink that lives through the plan by its own physics. */
export class LivingSink {
  readonly id: string;
  readonly #sink: PlannedSink;
  #room: RoomState | undefined;
  #water: number;

  constructor(sink: PlannedSink) {
    this.id = sink.id;
    this.#sink = sink;
    this.#room = sink.kind === "room" ? sink.state : undefined;
    this.#water = sink.kind === "room" ? 0 : sink.temperature;
  }

  temperature(): number {
    return this.#room?.air ?? this.#water;
  }

  /** The sink as it is now. */
  now(): PlannedSink {
    const sink = this.#sink;
    return sink.kind === "room"
      ? { ...sink, state: this.#room ?? sink.state }
      : { ...sink, temperature: Celsius(this.#water) };
  }

  /** Heat in it above 0 °C, kWh. */
  storedKwh(): number {
    const sink = this.#sink;
    if (sink.kind !== "room") return (sink.joulesPerKelvin * this.#water) / 3.6e6;
    const { air, fabric } = this.#room ?? sink.state;
    const { airJoulesPerKelvin, fabricJoulesPerKelvin } = sink.model;
    return (airJoulesPerKelvin * air + fabricJoulesPerKelvin * fabric) / 3.6e6;
  }

  /** Heat that brings it to the least that is wanted at the end of the step, W. */
  wantedHeat(step: PlanStep, at: number): number {
    const sink = this.#sink;
    const wanted =
      sink.kind === "tank" &&
      sink.disinfection &&
      at <= sink.disinfection.byStep &&
      at >= sink.disinfection.byStep - 8
        ? Math.max(sink.disinfection.celsius, sink.least[at] ?? 0)
        : (sink.least[at] ?? 0);
    const without = this.#after(step, at, 0);
    const perWatt = this.#after(step, at, 1000) - without;
    return Math.min(sink.mostHeat?.[at] ?? Infinity, Math.max(0, ((wanted - without) / perWatt) * 1000));
  }

  /** Heat to be taken from it beside what it gets, so that it is no warmer than it may be at the end of the step, W. */
  unwantedHeat(step: PlanStep, at: number, given: number): number {
    const warmth = this.#after(step, at, given);
    const perWatt = (this.#after(step, at, given + 1000) - warmth) / 1000;
    return Math.max(0, (warmth - (this.#sink.most[at] ?? Infinity)) / perWatt);
  }

  live(step: PlanStep, at: number, heat: number): void {
    if (this.#room && this.#sink.kind === "room") {
      const inputs = { outdoor: step.outdoor, heat: Watts(heat + (this.#sink.gains?.[at] ?? 0)) };
      this.#room = stepRoom(this.#sink.model, this.#room, inputs, step.duration);
    } else this.#water = this.#after(step, at, heat);
  }

  #after(step: PlanStep, at: number, heat: number): number {
    const sink = this.#sink;
    if (sink.kind === "room") {
      const inputs = { outdoor: step.outdoor, heat: Watts(heat + (sink.gains?.[at] ?? 0)) };
      return stepRoom(sink.model, this.#room ?? sink.state, inputs, step.duration).air;
    }
    const { keeps, rest, perWatt } = waterStepOf(sink, step, at);
    return keeps * this.#water + rest + perWatt * heat;
  }
}
