import { Seconds } from "../../../domain/index.ts";
import type { Building, Conditioning } from "../../building/building.ts";
import { setpointsByHour } from "../../building/building.ts";
import { minimize } from "../../identify/minimize.ts";
import { propagate, type RoomModel } from "../../room.ts";
import type { Dwelling } from "../dwelling.ts";
import { stepSeconds, stepsPerHour } from "../dwelling.ts";

/** A room by the described house to begin with, W/K and J/K per m² of floor (`roomModel`'s average). */
const ordinary = { air: 16_000, fabric: 165_000, airOutside: 0.7, fabricOutside: 1, coupling: 10 } as const;
const trialHours = 14 * 24;
const settlingHours = 14 * 24;
/** The trial's heat comes and goes in so many hours, on and off in turn. */
const blocks = [3, 5, 1, 7, 2, 9, 6, 4, 1, 12, 8, 3] as const;
/** Of a figure's logarithm, what counts like 0.1 K in a single step. */
const doubt = 1;

/** The building with its heating at one temperature, day and night, so that its heat tells of nothing but the weather. */
export const steadyBuilding = (building: Building): Building => ({
  ...building,
  heating: steady(building.heating),
  zones: building.zones.map((zone) => ({ ...zone, heating: steady(zone.heating) })),
});

function steady(heating: Conditioning): Conditioning {
  if (heating === "off") return heating;
  const wanted = [...setpointsByHour(heating)].filter((celsius) => !Number.isNaN(celsius));
  if (wanted.length === 0) return "off";
  return { ...heating, setpoints: wanted.reduce((sum, celsius) => sum + celsius, 0) / wanted.length };
}

/**
 * The two-state room that answers to heat as the building does: in two weeks of `begin` on, the air's difference between
 * being held steady and being given some heat more, in blocks, is fitted by least squares. All heat goes to the air.
 *
 * @param open the steady building, each time anew.
 * @param trialW the heat that is given more, W.
 */
export function learnRoom(
  open: () => Dwelling,
  floorAreaM2: number,
  trialW: number,
  begin: number,
  hours: number,
): RoomModel {
  const held = live(open(), begin, hours, () => 0);
  const given = live(open(), begin, hours, (hour) => (isOn(hour) ? trialW : 0), held.heatW);
  const risen = given.airC.map((celsius, at) => celsius - (held.airC[at] ?? 0));
  const roomAt = (at: readonly number[]): RoomModel => {
    const scaled = (value: number, index: number) =>
      value * floorAreaM2 * Math.exp(Math.max(-5, Math.min(5, at[index] ?? 0)));
    return {
      airJoulesPerKelvin: scaled(ordinary.air, 0),
      fabricJoulesPerKelvin: scaled(ordinary.fabric, 1),
      airToOutsideWattsPerKelvin: scaled(ordinary.airOutside, 2),
      fabricToOutsideWattsPerKelvin: scaled(ordinary.fabricOutside, 3),
      airToFabricWattsPerKelvin: scaled(ordinary.coupling, 4),
      heatToAir: 1,
    };
  };
  const misfit = (at: readonly number[]) => {
    const model = roomAt(at);
    const { transition: t, integral: i } = propagate(model, Seconds(stepSeconds));
    let [air, fabric, sum] = [0, 0, 0];
    for (let step = 0; step < risen.length; step++) {
      const drive = (isOn(Math.floor(step / stepsPerHour)) ? trialW : 0) / model.airJoulesPerKelvin;
      [air, fabric] = [t[0] * air + t[1] * fabric + i[0] * drive, t[2] * air + t[3] * fabric + i[2] * drive];
      sum += (air - (risen[step] ?? 0)) ** 2;
    }
    return 100 * sum + at.reduce((all, part) => all + (part / doubt) ** 2, 0);
  };
  return roomAt(minimize(misfit, [0, 0, 0, 0, 0]).at);
}

const cycle = blocks.reduce((sum, block) => sum + block, 0);
const onInCycle = Array.from({ length: cycle }, (_, hour) => {
  let end = 0;
  return blocks.findIndex((block) => hour < (end += block)) % 2 === 0;
});
const isOn = (hour: number) => onInCycle[hour % cycle] === true;

function live(
  dwelling: Dwelling,
  begin: number,
  hours: number,
  moreW: (hour: number) => number,
  heatW?: Float64Array,
) {
  const airC = new Float64Array(trialHours * stepsPerHour);
  const gave = new Float64Array((settlingHours + trialHours) * stepsPerHour);
  for (let hour = -settlingHours; hour < trialHours; hour++) {
    for (let step = 0; step < stepsPerHour; step++) {
      const at = (hour + settlingHours) * stepsPerHour + step;
      const wish = dwelling.begin((((begin + hour) % hours) + hours) % hours, step);
      const power = heatW?.[at] ?? wish.heatW;
      gave[at] = power;
      const { airC: air } = dwelling.end(power + (hour < 0 ? 0 : moreW(hour)), 0);
      if (hour >= 0) airC[hour * stepsPerHour + step] = air;
    }
  }
  return { airC, heatW: gave };
}
