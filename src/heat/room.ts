import { Celsius, HearthworkError, type Joules, type Seconds, type Watts } from "../domain/index.ts";

/** A room as two heat stores, its air and the fabric around it, that lose heat to the outside. */
export interface RoomModel {
  readonly airJoulesPerKelvin: number;
  readonly fabricJoulesPerKelvin: number;
  /** Ventilation, leaks and windows. */
  readonly airToOutsideWattsPerKelvin: number;
  /** Walls, roof and floor. */
  readonly fabricToOutsideWattsPerKelvin: number;
  readonly airToFabricWattsPerKelvin: number;
  /** The share of a heater's heat that the air takes; the fabric takes the rest. 0 … 1. */
  readonly heatToAir: number;
}

export interface RoomState {
  readonly air: Celsius;
  readonly fabric: Celsius;
}

/** What acts on a room; held constant over a step. */
export interface RoomInputs {
  readonly outdoor: Celsius;
  readonly heat: Watts;
}

/** How two stores move in `dt`: x(t + dt) = transition · x(t) + response · input, both 2 × 2, by rows. */
export interface Propagation {
  readonly transition: Matrix2;
  /** The integral of the transition over the step, s. */
  readonly integral: Matrix2;
}

export type Matrix2 = readonly [number, number, number, number];

/**
 * The exact solution of the room's two linear equations over a step, by eigenvalues; they are real, distinct and not
 * positive, since the two stores exchange heat.
 */
export function propagate(model: RoomModel, dt: Seconds): Propagation {
  const { airJoulesPerKelvin: airCapacity, fabricJoulesPerKelvin: fabricCapacity } = model;
  const coupling = model.airToFabricWattsPerKelvin;
  const a = -(model.airToOutsideWattsPerKelvin + coupling) / airCapacity;
  const b = coupling / airCapacity;
  const c = coupling / fabricCapacity;
  const d = -(model.fabricToOutsideWattsPerKelvin + coupling) / fabricCapacity;
  const spread = Math.sqrt((a - d) ** 2 + 4 * b * c);
  const fast = (a + d - spread) / 2;
  const slow = (a * d - b * c) / fast;
  const transition = (rate: number) => Math.exp(rate * dt);
  const integral = (rate: number) => (rate === 0 ? dt : Math.expm1(rate * dt) / rate);
  const spectral = (f: (rate: number) => number): Matrix2 => {
    const [atFast, atSlow] = [f(fast), f(slow)];
    const slope = (atSlow - atFast) / spread;
    return [atFast + slope * (a - fast), slope * b, slope * c, atFast + slope * (d - fast)];
  };
  return { transition: spectral(transition), integral: spectral(integral) };
}

/** The room after `dt`, exactly, for any `dt` ≥ 0. */
export function stepRoom(model: RoomModel, state: RoomState, inputs: RoomInputs, dt: Seconds): RoomState {
  const { transition: t, integral: i } = propagate(model, dt);
  const [airRate, fabricRate] = drive(model, inputs);
  return {
    air: Celsius(t[0] * state.air + t[1] * state.fabric + i[0] * airRate + i[1] * fabricRate),
    fabric: Celsius(t[2] * state.air + t[3] * state.fabric + i[2] * airRate + i[3] * fabricRate),
  };
}

/** What the inputs alone do to air and fabric, K/s. */
export function drive(model: RoomModel, { outdoor, heat }: RoomInputs): readonly [number, number] {
  const intoAir = heat * model.heatToAir + model.airToOutsideWattsPerKelvin * outdoor;
  const intoFabric = heat * (1 - model.heatToAir) + model.fabricToOutsideWattsPerKelvin * outdoor;
  return [intoAir / model.airJoulesPerKelvin, intoFabric / model.fabricJoulesPerKelvin];
}

/** Where the room comes to rest. */
export function steadyRoom(model: RoomModel, { outdoor, heat }: RoomInputs): RoomState {
  const air = model.airToOutsideWattsPerKelvin;
  const fabric = model.fabricToOutsideWattsPerKelvin;
  const coupling = model.airToFabricWattsPerKelvin;
  const determinant = (air + coupling) * (fabric + coupling) - coupling ** 2;
  const [toAir, toFabric] = [heat * model.heatToAir, heat * (1 - model.heatToAir)];
  return {
    air: Celsius(outdoor + ((fabric + coupling) * toAir + coupling * toFabric) / determinant),
    fabric: Celsius(outdoor + ((air + coupling) * toFabric + coupling * toAir) / determinant),
  };
}

/** Heat lost per kelvin between the room's steady air and the outside, W/K, when the air is heated. */
export function lossWattsPerKelvin(model: RoomModel): number {
  const coupling = model.airToFabricWattsPerKelvin;
  const throughFabric =
    (coupling * model.fabricToOutsideWattsPerKelvin) / (coupling + model.fabricToOutsideWattsPerKelvin);
  return model.airToOutsideWattsPerKelvin + throughFabric;
}

/** Heat stored above 0 °C, J. */
export function storedHeat(model: RoomModel, { air, fabric }: RoomState): Joules {
  return (model.airJoulesPerKelvin * air + model.fabricJoulesPerKelvin * fabric) as Joules;
}

export type Insulation = "poor" | "average" | "good";

interface Construction {
  /** Per m² of floor: through walls and roof; through windows and by air change. */
  readonly fabric: number;
  readonly air: number;
}

/** W/(m²K). At 30 K they come to 90, 48 and 24 W/m²: an unrefurbished, an ordinary and a recent house. */
const constructions: Readonly<Record<Insulation, Construction>> = {
  poor: { fabric: 2.1, air: 1.2 },
  average: { fabric: 1, air: 0.7 },
  good: { fabric: 0.4, air: 0.45 },
};

export interface RoomDescription {
  readonly areaM2: number;
  readonly insulation: Insulation;
}

/**
 * A room of ordinary height and medium weight. The fabric's capacity is ISO 13790's for that class (165 kJ/(m²K)); the
 * air's counts the furniture that follows it; the coupling is that of 2.5 m² of surface per m² of floor at 4 W/(m²K).
 * @throws {HearthworkError} `room/impossible` unless the area is 1 … 10,000 m².
 */
export function roomModel({ areaM2, insulation }: RoomDescription): RoomModel {
  if (!(areaM2 >= 1 && areaM2 <= 10_000)) {
    throw new HearthworkError({
      code: "room/impossible",
      message: `a room of ${areaM2} m² cannot be; give its floor area, 1 to 10000 m²`,
      data: { areaM2: String(areaM2) },
    });
  }
  const { fabric, air } = constructions[insulation];
  return {
    airJoulesPerKelvin: 16_000 * areaM2,
    fabricJoulesPerKelvin: 165_000 * areaM2,
    airToOutsideWattsPerKelvin: air * areaM2,
    fabricToOutsideWattsPerKelvin: fabric * areaM2,
    airToFabricWattsPerKelvin: 10 * areaM2,
    heatToAir: 0.7,
  };
}
