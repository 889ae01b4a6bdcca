import { Micros } from "../domain/index.ts";

const thousandthsPerHour = 3_600_000n;

/**
 * What a task of so many class-seconds costs at so much a class-hour, rounded up to whole millionths, above 0. Asks are
 * by the hour because a class-second is worth but a few millionths.
 */
export function priceOf(perClassHour: Micros, classSeconds: number): Micros {
  const thousandths = BigInt(Math.ceil(classSeconds * 1000));
  const price = (perClassHour * thousandths + thousandthsPerHour - 1n) / thousandthsPerHour;
  return Micros(price > 0n ? price : 1n);
}
