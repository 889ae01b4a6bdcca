import { HearthworkError } from "./errors.ts";
import type { Brand, Joules } from "./units.ts";

export type Currency = "USD" | "EUR" | "GBP" | "CHF";
export const currencies = ["USD", "EUR", "GBP", "CHF"] as const satisfies readonly Currency[];

/** Millionths of a currency's unit. */
export type Micros<C extends Currency = Currency> = Brand<bigint, `Micros<${C}>`>;
/** Bitcoin's smallest unit. */
export type Sats = Brand<bigint, "Sats">;

export const Micros = <C extends Currency>(amount: bigint): Micros<C> => amount as Micros<C>;
export const Sats = (amount: bigint): Sats => amount as Sats;

/** @throws {HearthworkError} `money/not-decimal` unless the text is a plain decimal of at most six places. */
export function parseMicros<C extends Currency>(text: string): Micros<C> {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) {
    throw new HearthworkError({
      code: "money/not-decimal",
      message: `"${text}" is no amount of money; write it like 0.31 with at most six decimals`,
      data: { text },
    });
  }
  const [, sign, whole = "0", fraction = ""] = match;
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  return Micros<C>(sign ? -micros : micros);
}

/** The amount as a decimal string, as it goes over the wire. */
export function formatMicros(amount: Micros): string {
  const sign = amount < 0n ? "-" : "";
  const size = amount < 0n ? 0n - amount : amount;
  return `${sign}${size / 1_000_000n}.${String(size % 1_000_000n).padStart(6, "0")}`;
}

/** What `energy` costs at `pricePerKwh`, rounded to the nearest millionth. */
export function costOf<C extends Currency>(energy: Joules, pricePerKwh: Micros<C>): Micros<C> {
  const milliJoules = BigInt(Math.round(energy * 1000));
  return Micros<C>(divideRounded(milliJoules * pricePerKwh, 3_600_000_000n));
}

/** The nearest integer to a quotient; halves go away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  return (numerator < 0n ? numerator - half : numerator + half) / denominator;
}
