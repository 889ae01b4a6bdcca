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
  const { transition: t, integral: i } = propagate(model, step);
  const toAir = 1 / model.airJoulesPerKelvin;
  const toFabric = 1 / model.fabricJoulesPerKelvin;
  const fade = Math.exp(-step / room.disturbanceSeconds);
  const [b0, b1] = [i[0] * toAir, i[2] * toAir];
  const airVariance = (room.airNoiseK ** 2 * step) / 3600;
  const fabricVariance = airVariance / 30;
  const disturbanceVariance = room.disturbanceW ** 2 * (1 - fade ** 2);
  const noise = room.measurementNoiseK ** 2;
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
    if (!isKnown) {
      if (Number.isNaN(measured)) continue;
      [air, fabric, extra] = [measured, measured, 0];
      [p00, p01, p02, p11, p12, p22] = [0.25, 0, 0, 9, 0, room.disturbanceW ** 2];
      [seenAir, seenFabric, seenExtra, sinceLook] = [air, fabric, extra, 0];
      isKnown = true;
    } else if (!Number.isNaN(measured)) {
      const variance = p00 + noise;
      const innovation = measured - air;
      const misfit = halfLog2Pi + 0.5 * Math.log(variance) + (innovation * innovation) / (2 * variance);
      const part = Math.floor(at / partSteps);
      cost += misfit;
      partialCosts[part] = (partialCosts[part] ?? 0) + misfit;
      const [g0, g1, g2] = [p00 / variance, p01 / variance, p02 / variance];
      air += g0 * innovation;
      fabric += g1 * innovation;
      extra += g2 * innovation;
      p11 -= g1 * p01;
      p12 -= g1 * p02;
      p22 -= g2 * p02;
      p01 -= g0 * p01;
      p02 -= g0 * p02;
      p00 -= g0 * p00;
    }
    if (aheadSteps > 0 && sinceLook >= aheadSteps) {
      errorsAhead[at] = seenAir - measured;
      [seenAir, seenFabric, seenExtra, sinceLook] = [air, fabric, extra, 0];
    }
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
