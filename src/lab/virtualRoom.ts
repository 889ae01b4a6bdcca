import { between, Celsius, type Instant, Seconds, type Watts } from "../domain/index.ts";
import { type RoomModel, type RoomState, stepRoom } from "../heat/index.ts";

/** An autumn day outside: coldest at six, warmest at six in the evening, UTC. */
export function autumnDay(at: Instant): Celsius {
  const hours = (at / 3_600_000) % 24;
  return Celsius(5 - 4 * Math.cos(((hours - 6) / 24) * 2 * Math.PI));
}

export interface VirtualRoom {
  state(): RoomState;
  temperature(): Celsius;
  /** Lets time pass up to `at`, with `heat` all the while. */
  moveTo(at: Instant, heat: Watts): void;
}

/** A room that follows the physics of `model`, under autumn weather unless another is given. */
export function virtualRoom(
  model: RoomModel,
  start: Instant,
  initial: RoomState,
  outdoor: (at: Instant) => Celsius = autumnDay,
): VirtualRoom {
  let state = initial;
  let at = start;
  return {
    state: () => state,
    temperature: () => state.air,
    moveTo(next, heat) {
      const elapsed = between(at, next);
      if (elapsed <= 0) return;
      state = stepRoom(model, state, { outdoor: outdoor(next), heat }, Seconds(elapsed));
      at = next;
    },
  };
}
