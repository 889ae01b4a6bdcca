import type { Random } from "../../domain/index.ts";
import { type DrawOffProfile, drawOffShare } from "./drawOff.ts";

/** How an hour's water comes: two thirds of it in some steps one after the other. */
export interface TapSteps {
  readonly stepsPerHour: number;
  readonly burst: number;
  /** Among how many steps of the hour, from its first on, that may begin. */
  readonly starts: number;
}

/** Of a day's water, the deviation of its logarithm. */
const dayDoubt = 0.25;

/**
 * Water at the taps by step, l: on average a household's usual, more or less of it from day to day and from hour to hour.
 */
export function drawnTaps(
  { litresPerDay, profile }: { readonly litresPerDay: number; readonly profile: DrawOffProfile },
  hours: number,
  { stepsPerHour, burst, starts }: TapSteps,
  random: Random,
): Float64Array {
  const litres = new Float64Array(hours * stepsPerHour);
  let day = 1;
  for (let hour = 0; hour < hours; hour++) {
    if (hour % 24 === 0) day = Math.exp(dayDoubt * random.normal() - dayDoubt ** 2 / 2);
    const usual = litresPerDay * drawOffShare(profile, hour % 24) * day;
    const drawn = usual * (0.5 - 0.5 * Math.log(1 - 0.999 * random.next()));
    const from = hour * stepsPerHour;
    const begun = from + random.integer(starts);
    for (let step = from; step < from + stepsPerHour; step++) {
      const isInBurst = step >= begun && step < begun + burst;
      litres[step] = drawn / 3 / stepsPerHour + (isInBurst ? (drawn * 2) / 3 / burst : 0);
    }
  }
  return litres;
}
