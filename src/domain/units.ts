import { HearthworkError } from "./errors.ts";

declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Electrical or thermal power, W. */
export type Watts = Brand<number, "Watts">;
/** Energy, J. */
export type Joules = Brand<number, "Joules">;
/** Temperature, °C. */
export type Celsius = Brand<number, "Celsius">;
/** A duration, s. */
export type Seconds = Brand<number, "Seconds">;
/** A count of SHA-256d evaluations. */
export type Hashes = Brand<number, "Hashes">;
/** A hash rate, H/s. */
export type HashesPerSecond = Brand<number, "HashesPerSecond">;

function finite<Name extends string>(unit: Name) {
  return (value: number): Brand<number, Name> => {
    if (Number.isFinite(value)) return value as Brand<number, Name>;
    throw new HearthworkError({
      code: "unit/not-finite",
      message: `${value} is no number of ${unit}; check where it was measured or computed`,
      data: { unit, value: String(value) },
    });
  };
}

/** @throws {HearthworkError} `unit/not-finite` on NaN or an infinity; so do the other constructors. */
export const Watts = finite("Watts");
export const Joules = finite("Joules");
export const Celsius = finite("Celsius");
export const Seconds = finite("Seconds");
export const Hashes = finite("Hashes");
export const HashesPerSecond = finite("HashesPerSecond");

const joulesPerKwh = 3_600_000;

/** kWh exist only at borders: files, API, screens. */
export const toKwh = (energy: Joules): number => energy / joulesPerKwh;
export const fromKwh = (kwh: number): Joules => Joules(kwh * joulesPerKwh);
