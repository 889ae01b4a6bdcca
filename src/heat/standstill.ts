import { type Celsius, Seconds, Watts } from "../domain/index.ts";
import { type RoomModel, stepRoom } from "./room.ts";

/** A sensor's reading since it last changed by its last digit, and what the heat meanwhile should have done. Plain data. */
export interface Standstill {
  readonly value: number;
  /** The smallest change that was seen of it, K: its last digit. */
  readonly digit: number;
  /** The heat that its room gets, smoothed, W. */
  readonly heat: number;
  /** The least of that since the reading last changed, W. */
  readonly least: number;
  /** By how much the heat beyond that least has warmed the room since, by its model, K. */
  readonly air: number;
  readonly fabric: number;
  readonly isStuck: boolean;
}

/** Heaters that go on and off around a mean vary no heat. */
const smoothedOver = 900;
/**
 * What a living sensor could sleep through, K: so many of its digits, and more. In rooms of half the capacity and half
 * the loss of their model, through cold nights, sensors of 0.01 to 1 K came to two thirds of it at most.
 */
const enough = { kelvin: 1.4, digits: 6 };
/** Of a sensor that was not seen to move yet, K. */
const coarsestDigit = 1;
const sameReading = 1e-6;
/** A least that creeps down by less begins nothing anew. */
const smallestLess = 1;

/**
 * Follows a reading that stays the same to its last digit while the heat in its room rises: a living one would have
 * moved long ago. What the weather does, and how wrong the model is about it, does not count: only heat beyond the
 * least since the reading last changed does. Once stuck it stays so until it moves.
 */
export function watchStandstill(
  before: Standstill | null,
  model: RoomModel,
  round: {
    /** The newest reading that was believed, °C; null while there is none. */
    readonly raw: number | null;
    readonly heat: Watts;
    readonly elapsed: number;
  },
): Standstill | null {
  const { elapsed } = round;
  const raw = round.raw ?? before?.value;
  if (raw === undefined) return null;
  const heat = before
    ? before.heat + (round.heat - before.heat) * -Math.expm1(-elapsed / smoothedOver)
    : round.heat;
  if (!before) return anew(raw, heat, coarsestDigit);
  const change = Math.abs(raw - before.value);
  if (change > sameReading) return anew(raw, heat, Math.min(before.digit, change));
  if (before.isStuck) return { ...before, heat };
  if (heat < before.least - smallestLess) return anew(raw, heat, before.digit);
  const moved = stepRoom(
    model,
    { air: before.air as Celsius, fabric: before.fabric as Celsius },
    { outdoor: 0 as Celsius, heat: Watts(heat - before.least) },
    Seconds(elapsed),
  );
  const isStuck = moved.air >= enough.kelvin + enough.digits * before.digit;
  return { ...before, ...moved, heat, isStuck };
}

const anew = (value: number, heat: number, digit: number): Standstill => ({
  value,
  digit,
  heat,
  least: heat,
  air: 0,
  fabric: 0,
  isStuck: false,
});
