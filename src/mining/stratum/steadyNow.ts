import { type Clock, Instant } from "../../domain/index.ts";

/** For what is measured in durations only: an instant of a clock that does not jump. */
export const steadyNow = (clock: Clock): Instant => Instant(clock.monotonic() * 1000);
