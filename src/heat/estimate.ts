import { Celsius, type Seconds, Watts } from "../domain/index.ts";
import { identity3, multiply3, plus3, transpose3, type Matrix3, type Vector3 } from "./matrix3.ts";
import { drive, lossWattsPerKelvin, propagate, type RoomModel } from "./room.ts";
import {
  type SensorMemory,
  type SensorState,
  newSensor,
  type SensorNews,
  hearSensor,
  sensorStateOf,
  sleepOf,
} from "./sensor.ts";
import type { SensorConfig } from "./controlConfig.ts";

/**
 * What is believed of a room: its air, its fabric, and the power by which the world differs from the model (sun, people,
 * an open window, another outside temperature than assumed). Plain data.
 */
export interface Estimate {
  /** Air and fabric in °C, disturbance in W; null until a first reading was believed. */
  readonly mean: Vector3 | null;
  readonly covariance: Matrix3;
  readonly sensor: SensorMemory;
}

export interface EstimateConfig {
  readonly model: RoomModel;
  readonly sensor: SensorConfig;
  /** Nothing else than a room unless it says so. */
  readonly kind?: "room" | "tank";
}

export interface EstimateInput extends SensorNews {
  readonly elapsed: Seconds;
  /** Heat that flowed into the room over `elapsed`. */
  readonly heat: Watts;
  readonly outdoor: Celsius | undefined;
}

/** Where nobody says how cold it is outside; the disturbance takes up the difference. */
export const assumedOutdoor = Celsius(7);

/** What the model does not know moves a room so far; water that is drawn moves a tank by several kelvin a minute. */
const noiseKelvinPerRootSecond = { room: 0.004, tank: 0.15 } as const;
const disturbanceHours = 6;
/** How wrong model and assumed outside temperature may be, as kelvins across the room's loss. */
const disturbanceKelvin = 8;
const longestPrediction = 86_400;

export const unknownEstimate = (): Estimate => ({ mean: null, covariance: identity3, sensor: newSensor });

/**
 * Carries what is believed over a restart: the same temperatures, but doubted, and a sensor that has been without a
 * believed reading for `unbelievedFor` seconds and has to give one first.
 */
export function doubtedEstimate({ mean }: Pick<Estimate, "mean">, unbelievedFor: number): Estimate {
  return { mean, covariance: doubt, sensor: { ...newSensor, unbelievedFor } };
}

const doubt: Matrix3 = [25, 0, 0, 0, 25, 0, 0, 0, 1e6];

/** A Kalman filter over the room's two stores and a slowly fading disturbance; doubtful readings stay outside. */
export function updateEstimate(config: EstimateConfig, before: Estimate, input: EstimateInput): Estimate {
  const hasSlept = before.mean !== null && sleepOf(config.sensor, input) > 0;
  const awake = hasSlept ? { ...before, covariance: doubt } : before;
  const predicted = predict(config, awake, input);
  const expected = predicted.mean && {
    value: predicted.mean[0],
    deviation: Math.sqrt(predicted.covariance[0] + sensorVariance),
  };
  const { sensor, verdict } = hearSensor(config.sensor, before.sensor, input, expected);
  if (verdict.kind === "nothing" || verdict.kind === "rejected") return { ...predicted, sensor };
  if (verdict.kind === "believed" && predicted.mean) {
    return { ...correct(predicted.mean, predicted.covariance, verdict.value), sensor };
  }
  return { ...start(config.model, verdict.value), sensor };
}

/** The estimated temperature of the air; undefined while nothing is known. */
export const estimatedAir = ({ mean }: Estimate): Celsius | undefined =>
  mean === null ? undefined : Celsius(mean[0]);

/** The newest reading, °C, if it was believed; null while the newest was not, or there is none. */
export const believedReading = ({ sensor: { raw, rejected } }: Estimate): number | null =>
  rejected > 0 ? null : raw;

export const estimatedDisturbance = ({ mean }: Estimate): Watts => Watts(mean?.[2] ?? 0);

/** Whether there is a temperature to heat by: a reading was believed, and not too long ago. */
export function isKnown(config: SensorConfig, estimate: Estimate): boolean {
  const state = sensorState(config, estimate);
  return (state === "fresh" || state === "late") && estimate.mean !== null && estimate.sensor.isBelieved;
}

export const sensorState = (config: SensorConfig, { sensor }: Estimate): SensorState =>
  sensorStateOf(config, sensor);

const sensorVariance = 0.15 ** 2;

function start(model: RoomModel, value: number): Omit<Estimate, "sensor"> {
  const disturbance = (disturbanceKelvin * lossWattsPerKelvin(model)) ** 2;
  return { mean: [value, value, 0], covariance: [0.25, 0, 0, 0, 4, 0, 0, 0, disturbance] };
}

function predict(
  { model, kind = "room" }: EstimateConfig,
  { mean, covariance }: Estimate,
  input: EstimateInput,
) {
  const elapsed = Math.min(longestPrediction, Math.max(0, input.elapsed)) as Seconds;
  if (mean === null || elapsed === 0) return { mean, covariance };
  const { transition: t, integral: i } = propagate(model, elapsed);
  const [airRate, fabricRate] = drive(model, {
    outdoor: input.outdoor ?? assumedOutdoor,
    heat: input.heat,
  });
  const perWatt = 1 / model.airJoulesPerKelvin;
  const fade = Math.exp((-1 * elapsed) / (disturbanceHours * 3600));
  const move: Matrix3 = [t[0], t[1], i[0] * perWatt, t[2], t[3], i[2] * perWatt, 0, 0, fade];
  const next: Vector3 = [
    move[0] * mean[0] + move[1] * mean[1] + move[2] * mean[2] + i[0] * airRate + i[1] * fabricRate,
    move[3] * mean[0] + move[4] * mean[1] + move[5] * mean[2] + i[2] * airRate + i[3] * fabricRate,
    fade * mean[2],
  ];
  const airNoise = noiseKelvinPerRootSecond[kind] ** 2 * elapsed;
  const disturbanceNoise = (disturbanceKelvin * lossWattsPerKelvin(model)) ** 2 * (1 - fade ** 2);
  const noise: Matrix3 = [airNoise, 0, 0, 0, airNoise / 100, 0, 0, 0, disturbanceNoise];
  const spread = plus3(multiply3(multiply3(move, covariance), transpose3(move)), noise);
  return { mean: next, covariance: spread };
}

/** The measurement is of the air alone. Joseph's form keeps the covariance symmetric and positive. */
function correct(mean: Vector3, covariance: Matrix3, value: number): Omit<Estimate, "sensor"> {
  const innovationVariance = covariance[0] + sensorVariance;
  const gain: Vector3 = [
    covariance[0] / innovationVariance,
    covariance[3] / innovationVariance,
    covariance[6] / innovationVariance,
  ];
  const innovation = value - mean[0];
  const keep: Matrix3 = [1 - gain[0], 0, 0, -gain[1], 1, 0, -gain[2], 0, 1];
  const kept = multiply3(multiply3(keep, covariance), transpose3(keep));
  const [a, b, c] = gain;
  const noise = [a * a, a * b, a * c, b * a, b * b, b * c, c * a, c * b, c * c].map(
    (product) => product * sensorVariance,
  ) as unknown as Matrix3;
  return {
    mean: [mean[0] + a * innovation, mean[1] + b * innovation, mean[2] + c * innovation],
    covariance: plus3(kept, noise),
  };
}
