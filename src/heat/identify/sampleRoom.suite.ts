import { Celsius, Seconds, seededRandom, Watts } from "../../domain/index.ts";
import type { Climate } from "../weather/climate.ts";
import { syntheticYear } from "../weather/syntheticYear.ts";
import { type RoomModel, type RoomState, stepRoom } from "../room.ts";
import type { RoomRecord } from "./roomRecord.ts";

export interface SampleOptions {
  readonly model: RoomModel;
  readonly climate: Climate;
  readonly days: number;
  readonly seed: number;
  /** Sun let in, m² of the horizontal's. Default 1. */
  readonly apertureM2?: number;
  /** People who come and go, W. Default 150. */
  readonly peopleW?: number;
  /** The heater's power; it keeps a thermostat's target with a set-back at night. Default what 30 K need and half more. */
  readonly heaterW?: number;
  /** Power at all times instead of a thermostat's. */
  readonly constantW?: number;
  /** The outdoor temperature instead of the climate's, °C. */
  readonly outdoorC?: number;
  readonly hasSun?: boolean;
}

/** A simulated room as a hearth would have recorded it: a thermometer that tells tenths and errs a little, in January. */
export function sampleRecord({
  model,
  climate,
  days,
  seed,
  apertureM2 = 1,
  peopleW = 150,
  heaterW = 2000,
  constantW,
  outdoorC,
  hasSun = true,
}: SampleOptions): RoomRecord {
  const random = seededRandom(seed);
  const weather = syntheticYear(climate, seed);
  const step = Seconds(300);
  const count = days * 288;
  const record = {
    step,
    airC: new Float64Array(count),
    heatW: new Float64Array(count),
    outdoorC: new Float64Array(count),
    irradianceWm2: new Float64Array(count),
  };
  let state: RoomState = { air: Celsius(19), fabric: Celsius(18) };
  let isOn = false;
  let home = 0;
  for (let at = 0; at < count; at++) {
    const hour = Math.floor(at / 12);
    const share = (at % 12) / 12;
    const outdoor =
      outdoorC ?? (weather.outdoorC[hour] ?? 0) * (1 - share) + (weather.outdoorC[hour + 1] ?? 0) * share;
    const sun = (weather.directNormal[hour] ?? 0) * 0.2 + (weather.diffuseHorizontal[hour] ?? 0);
    const target = hour % 24 >= 7 && hour % 24 < 22 ? 21 : 17;
    if (at % 24 === 0) home = random.next() < 0.5 ? peopleW : 0;
    let [airSum, heatSum] = [0, 0];
    for (let minute = 0; minute < 5; minute++) {
      if (minute === at % 3 && state.air < target - 0.3) isOn = true;
      if (minute === at % 3 && state.air > target + 0.3) isOn = false;
      const heat = constantW ?? (isOn ? heaterW : 0);
      const before = state.air;
      state = aMinuteLater(model, state, { outdoor, heat, intoAir: home + apertureM2 * sun });
      airSum += (before + state.air) / 2;
      heatSum += heat;
    }
    record.airC[at] = Math.round((airSum / 5 + 0.05 * random.normal()) * 10) / 10;
    record.heatW[at] = heatSum / 5;
    record.outdoorC[at] = outdoor;
    record.irradianceWm2[at] = sun;
  }
  return hasSun ? record : { ...record, irradianceWm2: undefined };
}

/** People and sun warm the air alone, a heater both: the room is linear, so each can be stepped by itself. */
function aMinuteLater(
  model: RoomModel,
  state: RoomState,
  { outdoor, heat, intoAir }: { readonly outdoor: number; readonly heat: number; readonly intoAir: number },
): RoomState {
  const minute = Seconds(60);
  const warmed = stepRoom(model, state, { outdoor: Celsius(outdoor), heat: Watts(heat) }, minute);
  const airAlone = { ...model, heatToAir: 1 };
  const rest = { air: Celsius(0), fabric: Celsius(0) };
  const more = stepRoom(airAlone, rest, { outdoor: Celsius(0), heat: Watts(intoAir) }, minute);
  return { air: Celsius(warmed.air + more.air), fabric: Celsius(warmed.fabric + more.fabric) };
}
