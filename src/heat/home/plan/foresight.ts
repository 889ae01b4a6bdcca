import { Celsius, Seconds, Watts } from "../../../domain/index.ts";
import { drive, propagate, type RoomModel } from "../../room.ts";
import type { WeatherYear } from "../../weather/weatherYear.ts";
import { type Dwelling, stepSeconds, stepsPerHour } from "../dwelling.ts";
import type { Stretch } from "../stretches.ts";

/** What is foreseen of a home's rooms whoever heats them, by hour from a stretch's beginning on. */
export interface Foresight {
  /** Heat of sun, people, ground and wind, as the model has to be given it, W in a step of 15 min. */
  gainsW(index: number, step: number): number;
  /** Of it over some steps of an hour, less what cooling will take. */
  netGainsW(index: number, step: number, count: number): number;
  /** What cooling would take while they are held steady, W, mean of an hour. */
  coolingW(index: number): number;
}

/** Hours that a plan looks beyond the end of a stretch. */
export const hoursBeyond = 48;
const settlingHours = 96;

/**
 * What the model of a room has to be given beside heat and outdoor air so that it does what the building does in a
 * stretch of the weather while it is held steady. So the sun, the wind and the ground of the days ahead are known in
 * advance; how the rooms answer to another heat is up to the model.
 */
export function foresee(
  steady: Dwelling,
  model: RoomModel,
  { outdoorC, hours }: WeatherYear,
  { from, until, warmUp }: Stretch,
): Foresight {
  const first = from - warmUp - settlingHours;
  const last = until + hoursBeyond;
  const { transition: t, integral: i } = propagate(model, Seconds(stepSeconds));
  const gains = new Float64Array((last - first) * stepsPerHour);
  const cooling = new Float64Array(last - first);
  let air = Number.NaN;
  let fabric = 0;
  for (let index = first; index < last; index++) {
    const hour = ((index % hours) + hours) % hours;
    const outdoor = Celsius(outdoorC[hour] ?? 0);
    for (let step = 0; step < stepsPerHour; step++) {
      const { heatW, coolW } = steady.begin(hour, step);
      const { airC } = steady.end(heatW, coolW);
      if (Number.isNaN(air)) [air, fabric] = [airC, airC];
      const [airRate, fabricRate] = drive(model, { outdoor, heat: Watts(heatW - coolW) });
      const expected = t[0] * air + t[1] * fabric + i[0] * airRate + i[1] * fabricRate;
      const missing = ((airC - expected) / i[0]) * model.airJoulesPerKelvin;
      gains[(index - first) * stepsPerHour + step] = missing;
      cooling[index - first] = (cooling[index - first] ?? 0) + coolW / stepsPerHour;
      fabric =
        t[2] * air +
        t[3] * fabric +
        i[2] * (airRate + missing / model.airJoulesPerKelvin) +
        i[3] * fabricRate;
      air = airC;
    }
  }
  const gainsW = (index: number, step: number) => gains[(index - first) * stepsPerHour + step] ?? 0;
  const coolingW = (index: number) => cooling[index - first] ?? 0;
  return {
    gainsW,
    coolingW,
    netGainsW(index, step, count) {
      let sum = 0;
      for (let at = step; at < step + count; at++) sum += gainsW(index, at);
      return sum / count - coolingW(index);
    },
  };
}
