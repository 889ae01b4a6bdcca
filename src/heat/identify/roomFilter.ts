import { Seconds } from "../../domain/index.ts";
import { propagate, type RoomModel } from "../room.ts";
import type { RoomRecord } from "./roomRecord.ts";

/** A room, what else heats it, and how much chance there is in it. */
export interface NoisyRoom {
  readonly model: RoomModel;
  /** People and devices on average, W. */
  readonly gainW: number;
  /** Area through which the sun of the horizontal would shine in, m². */
  readonly apertureM2: number;
  /** Of the air, K per root of an hour. */
  readonly airNoiseK: number;
  /** Deviation of what comes and goes over hours, W. */
  readonly disturbanceW: number;
  /** How long that lasts, s. */
  readonly disturbanceSeconds: number;
  readonly measurementNoiseK: number;
}

/** Heat that comes on or goes off within a step does so at some time of it: of the whole step's warming, the deviation. */
const switchingDoubt = 0.1;
const differing = (heat: number, beside: number | undefined) =>
  beside === undefined || Number.isNaN(beside) ? 0 : Math.abs(heat - beside);
const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);

/** What a filter that knew the room would have made of a record. */
export interface FilterRun {
  /** Negative logarithm of the likelihood of what was measured, each reading predicted from those before. */
  readonly cost: number;
  /** The parts of it by days of the record. */
  readonly partialCosts: Float64Array;
  /** Means of the air that was foreseen `aheadSteps` before, less what was measured then; NaN where nothing was. */
  readonly errorsAhead: Float64Array;
}

/**
 * A Kalman filter over the room's air and fabric and a disturbance that fades over hours. Where heat or outdoor
 * temperature are missing it begins anew. With `aheadSteps` it also foresees, from every such instant on, without looking.
 */
export function runFilter(room: NoisyRoom, record: RoomRecord, aheadSteps = 0): FilterRun {
  const { airC, heatW, outdoorC, irradianceWm2, step } = record;
  const { model } = room;
  const { t, i, b0, b1, fade, h0, h1, h2, toAir, toFabric, ...constant } = constantsOf(room, step);
  const { fromAir, fromFabric, airVariance, fabricVariance, disturbanceVariance, noise } = constant;
  const count = airC.length;
  const partSteps = Math.max(1, Math.round(86_400 / step));
  const partialCosts = new Float64Array(Math.ceil(count / partSteps));
  const errorsAhead = new Float64Array(aheadSteps > 0 ? count : 0).fill(Number.NaN);

  let [air, fabric, extra] = [0, 0, 0];
  let [p00, p01, p02, p11, p12, p22] = [0, 0, 0, 0, 0, 0];
  let isKnown = false;
  let cost = 0;
  let [seenAir, seenFabric, seenExtra, sinceLook] = [0, 0, 0, 0];

  for (let at = 0; at < count; at++) {
    const measured = airC[at] ?? Number.NaN;
    const heat = heatW[at] ?? Number.NaN;
    const outdoor = outdoorC[at] ?? Number.NaN;
    const sun = irradianceWm2?.[at] ?? 0;
    if (Number.isNaN(heat) || Number.isNaN(outdoor) || Number.isNaN(sun)) {
      isKnown = false;
      continue;
    }
    const gains = room.gainW + room.apertureM2 * sun;
    const airRate = (heat * model.heatToAir + gains + model.airToOutsideWattsPerKelvin * outdoor) * toAir;
    const fabricRate =
      (heat * (1 - model.heatToAir) + model.fabricToOutsideWattsPerKelvin * outdoor) * toFabric;
    const driven = fromAir * airRate + fromFabric * fabricRate;
    if (!isKnown) {
      if (Number.isNaN(measured)) continue;
      [air, fabric, extra] = [measured, measured, 0];
      [p00, p01, p02, p11, p12, p22] = [0.25, 0, 0, 9, 0, room.disturbanceW ** 2];
      [seenAir, seenFabric, seenExtra, sinceLook] = [air, fabric, extra, 0];
      isKnown = true;
    } else if (!Number.isNaN(measured)) {
      const [q0, q1, q2] = [
        h0 * p00 + h1 * p01 + h2 * p02,
        h0 * p01 + h1 * p11 + h2 * p12,
        h0 * p02 + h1 * p12 + h2 * p22,
      ];
      const switched = Math.max(differing(heat, heatW[at - 1]), differing(heat, heatW[at + 1]));
      const untimed = switchingDoubt * switched * model.heatToAir * toAir * step;
      const variance = h0 * q0 + h1 * q1 + h2 * q2 + noise + untimed * untimed;
      const innovation = measured - (h0 * air + h1 * fabric + h2 * extra + driven);
      const misfit = halfLog2Pi + 0.5 * Math.log(variance) + (innovation * innovation) / (2 * variance);
      const part = Math.floor(at / partSteps);
      cost += misfit;
      partialCosts[part] = (partialCosts[part] ?? 0) + misfit;
      air += (q0 / variance) * innovation;
      fabric += (q1 / variance) * innovation;
      extra += (q2 / variance) * innovation;
      p00 -= (q0 * q0) / variance;
      p01 -= (q0 * q1) / variance;
      p02 -= (q0 * q2) / variance;
      p11 -= (q1 * q1) / variance;
      p12 -= (q1 * q2) / variance;
      p22 -= (q2 * q2) / variance;
    }
    if (aheadSteps > 0 && sinceLook >= aheadSteps) {
      errorsAhead[at] = h0 * seenAir + h1 * seenFabric + h2 * seenExtra + driven - measured;
      [seenAir, seenFabric, seenExtra, sinceLook] = [air, fabric, extra, 0];
    }
    const [drive0, drive1] = [i[0] * airRate + i[1] * fabricRate, i[2] * airRate + i[3] * fabricRate];
    [air, fabric, extra] = [
      t[0] * air + t[1] * fabric + b0 * extra + drive0,
      t[2] * air + t[3] * fabric + b1 * extra + drive1,
      fade * extra,
    ];
    if (aheadSteps > 0) {
      [seenAir, seenFabric, seenExtra] = [
        t[0] * seenAir + t[1] * seenFabric + b0 * seenExtra + drive0,
        t[2] * seenAir + t[3] * seenFabric + b1 * seenExtra + drive1,
        fade * seenExtra,
      ];
      sinceLook += 1;
    }
    // M · P, then · Mᵀ, with M = [t0 t1 b0; t2 t3 b1; 0 0 fade].
    const [a00, a01, a02] = [
      t[0] * p00 + t[1] * p01 + b0 * p02,
      t[0] * p01 + t[1] * p11 + b0 * p12,
      t[0] * p02 + t[1] * p12 + b0 * p22,
    ];
    const [c00, c01, c02] = [
      t[2] * p00 + t[3] * p01 + b1 * p02,
      t[2] * p01 + t[3] * p11 + b1 * p12,
      t[2] * p02 + t[3] * p12 + b1 * p22,
    ];
    p00 = a00 * t[0] + a01 * t[1] + a02 * b0 + airVariance;
    p01 = a00 * t[2] + a01 * t[3] + a02 * b1;
    p11 = c00 * t[2] + c01 * t[3] + c02 * b1 + fabricVariance;
    p02 = a02 * fade;
    p12 = c02 * fade;
    p22 = p22 * fade * fade + disturbanceVariance;
  }
  return { cost, partialCosts, errorsAhead };
}

/** What is the same in every step. */
function constantsOf(room: NoisyRoom, step: Seconds) {
  const { model } = room;
  const { transition: t, integral: i } = propagate(model, step);
  const { integral: half } = propagate(model, Seconds(step / 2));
  const toAir = 1 / model.airJoulesPerKelvin;
  const toFabric = 1 / model.fabricJoulesPerKelvin;
  const fade = Math.exp((-1 * step) / room.disturbanceSeconds);
  // What a reading tells is the mean of what the air was in its step: by Simpson's rule.
  const [fromAir, fromFabric] = [(4 * half[0] + i[0]) / 6, (4 * half[1] + i[1]) / 6];
  const airVariance = (room.airNoiseK ** 2 * step) / 3600;
  return {
    t,
    i,
    toAir,
    toFabric,
    fade,
    fromAir,
    fromFabric,
    airVariance,
    b0: i[0] * toAir,
    b1: i[2] * toAir,
    h0: i[0] / step,
    h1: i[1] / step,
    h2: fromAir * toAir,
    fabricVariance: airVariance / 30,
    disturbanceVariance: room.disturbanceW ** 2 * (1 - fade ** 2),
    noise: room.measurementNoiseK ** 2,
  };
}
