import { Celsius, type Seconds, type Watts } from "../../domain/index.ts";

export interface HeatedPartOptions {
  /** How much warmer it gets than the air around it, K/W. */
  readonly kelvinPerWatt: number;
  /** In which it has gone 63 % of the way, s. */
  readonly timeConstant: Seconds;
}

/** The temperature of a part of first order after `elapsed`, with the same power and air all the while. */
export function warmed(
  part: Celsius,
  { kelvinPerWatt, timeConstant }: HeatedPartOptions,
  air: Celsius,
  watts: Watts,
  elapsed: Seconds,
): Celsius {
  const settled = air + kelvinPerWatt * watts;
  return Celsius(settled + (part - settled) * Math.exp((0 - elapsed) / timeConstant));
}

/** Goes from `from` towards `to` by at most `most`. */
export const towards = (from: number, to: number, most: number) =>
  from + Math.max(-most, Math.min(most, to - from));
