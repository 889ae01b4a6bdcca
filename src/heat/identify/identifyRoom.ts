import { lossWattsPerKelvin, propagate, type RoomModel } from "../room.ts";
import { dot, hessian, inverseOf, minimize, slopeOf } from "./minimize.ts";
import { type NoisyRoom, runFilter } from "./roomFilter.ts";
import type { RoomRecord } from "./roomRecord.ts";

/** A figure with the interval in which it lies with 95 % confidence, as far as the model is right. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface RoomFigures {
  readonly airJoulesPerKelvin: Figure;
  readonly fabricJoulesPerKelvin: Figure;
  readonly airToOutsideWattsPerKelvin: Figure;
  readonly fabricToOutsideWattsPerKelvin: Figure;
  readonly airToFabricWattsPerKelvin: Figure;
  /** Heat lost per kelvin to the outside. */
  readonly lossWattsPerKelvin: Figure;
  /** In which the room's difference to the outside fades by 63 %, once air and fabric move together. */
  readonly slowHours: Figure;
  /** In which air and fabric come together. */
  readonly fastHours: Figure;
}

/** How far foreseen temperatures were off, root mean square over some hours ahead, K. */
export interface Foresight {
  readonly hoursAhead: number;
  readonly foundK: number;
  readonly configuredK: number;
}

export type Identification =
  | {
      readonly outcome: "found";
      readonly model: RoomModel;
      readonly figures: RoomFigures;
      readonly gainW: number;
      readonly apertureM2: number;
      readonly foresight: Foresight;
      readonly days: number;
    }
  | {
      readonly outcome: "refused";
      /** In words, with what would help. */
      readonly why: string;
      readonly figures?: RoomFigures;
      readonly foresight?: Foresight;
      readonly days: number;
    };

const leastDays = 3;
/** Of the time, at least. */
const leastPresent = 0.6;
const hoursAhead = 6;
/** How wide an interval may be for the figure to count: its half-width as a share. */
const widest = { lossWattsPerKelvin: 0.35, slowHours: 0.5 } as const;
/** How far the truth may be from what is configured: the natural logarithm's deviation of each of the five. */
const doubt = 1.1;
/** What no two-state model of a real room is better than, as a deviation of the logarithm. */
const modelDoubt = 0.07;
/** And of how its loss is shared between air and fabric, which the air alone hardly tells. */
const splitDoubt = 0.2;
const physical = [
  "airJoulesPerKelvin",
  "fabricJoulesPerKelvin",
  "airToOutsideWattsPerKelvin",
  "fabricToOutsideWattsPerKelvin",
  "airToFabricWattsPerKelvin",
] as const;

/**
 * Finds a two-state room's parameters in what was recorded of it: those that make the one-step predictions of a Kalman
 * filter most likely (maximum likelihood, Bacher & Madsen 2011, doi 10.1016/j.enbuild.2011.02.005), held by a wide
 * normal prior round the configured ones. The share of the heat that the air takes is not found: from the air alone it
 * cannot be told from the rest. Confidence is that of the likelihood's curvature. Refuses when the data cannot tell.
 */
export function identifyRoom(record: RoomRecord, configured: RoomModel): Identification {
  const days = (record.airC.length * record.step) / 86_400;
  const refuse = (
    why: string,
    more: { figures?: RoomFigures; foresight?: Foresight } = {},
  ): Identification => ({
    outcome: "refused",
    why,
    days,
    ...more,
  });
  const lacking = whatLacks(record, days);
  if (lacking !== undefined) return refuse(lacking);

  const hasSun = record.irradianceWm2 !== undefined;
  const { roomAt, start, prior, deviations } = parametrization(configured, hasSun);
  const cost = (at: readonly number[]) => {
    const { cost: misfit } = runFilter(roomAt(at), record);
    return Number.isFinite(misfit) ? misfit + prior(at) : 1e12;
  };
  const starts = [start, start.with(0, 0.7).with(1, 0.7).with(2, -0.7).with(3, -0.7)];
  const [best] = starts.map((from) => minimize(cost, from)).toSorted((one, other) => one.value - other.value);
  if (!best) return refuse("nothing was tried");
  const covariance = robustCovariance(record, roomAt, cost, best.at, deviations);
  if (!covariance)
    return refuse("no parameters stand out as the most likely; record more days in which the heat varies");

  const figures = figuresOf(best.at, covariance, roomAt);
  const found = roomAt(best.at);
  const foresight = foresightOf(record, found, { ...found, model: configured });
  for (const [name, share] of Object.entries(widest) as [keyof typeof widest, number][]) {
    const { value, low, high } = figures[name];
    if (Math.max(value / low, high / value) - 1 <= share) continue;
    const what = name === "slowHours" ? "how long the room keeps its heat" : "how much heat the room loses";
    return refuse(
      `the record does not tell ${what}: from ${round(low)} to ${round(high)} fits it; heating that rests for hours and runs for hours, and a difference between days, would tell`,
      { figures, foresight },
    );
  }
  if (foresight.foundK > foresight.configuredK * 1.02) {
    return refuse("the parameters that fit best foresee no better than the configured ones", {
      figures,
      foresight,
    });
  }
  return {
    outcome: "found",
    model: found.model,
    figures,
    gainW: found.gainW,
    apertureM2: found.apertureM2,
    foresight,
    days,
  };
}

function whatLacks({ airC, heatW, outdoorC }: RoomRecord, days: number): string | undefined {
  const present = (values: Float64Array) =>
    values.filter((value) => !Number.isNaN(value)).length / Math.max(1, values.length);
  if (days < leastDays) return `${days.toFixed(1)} days were recorded; it takes at least ${leastDays}`;
  for (const [name, values] of [
    ["the room's temperature", airC],
    ["the heaters' power", heatW],
    ["the outdoor temperature", outdoorC],
  ] as const) {
    const share = present(values);
    if (share < leastPresent) {
      return `${name} is there for ${Math.round(share * 100)} % of the time; it takes at least ${leastPresent * 100} %`;
    }
  }
  return undefined;
}

/** The room at a place in the space that is searched, where that begins, and the cost of being far from what is believed. */
function parametrization(configured: RoomModel, hasSun: boolean) {
  const loss = lossWattsPerKelvin(configured);
  const roomAt = (at: readonly number[]): NoisyRoom => {
    const scaled = Object.fromEntries(
      physical.map((name, index) => [name, configured[name] * Math.exp(clamped(at[index] ?? 0))]),
    );
    const [gain = 0, air = 0, disturbance = 0, lasting = 0, measurement = 0, aperture = 0] = at.slice(
      physical.length,
    );
    return {
      model: { ...configured, ...scaled },
      gainW: gain * loss * 3,
      airNoiseK: 0.1 * Math.exp(clamped(air)),
      disturbanceW: loss * Math.exp(clamped(disturbance)),
      disturbanceSeconds: 3 * 3600 * Math.exp(clamped(lasting)),
      measurementNoiseK: 0.05 * Math.exp(clamped(measurement)),
      apertureM2: hasSun ? aperture : 0,
    };
  };
  const deviations = [...physical.map(() => doubt), 1, 1.5, 1.5, 0.7, 1.5, ...(hasSun ? [3] : [])];
  return {
    roomAt,
    deviations,
    start: deviations.map(() => 0),
    prior: (at: readonly number[]) =>
      at.reduce((sum, part, index) => sum + 0.5 * (part / (deviations[index] ?? 1)) ** 2, 0),
  };
}

/**
 * How sure the parameters are, also where the model is not quite right: the curvature of the cost, and between its two
 * factors how much the slopes of days scatter (White, Econometrica 50, 1982).
 */
function robustCovariance(
  record: RoomRecord,
  roomAt: (at: readonly number[]) => NoisyRoom,
  cost: (at: readonly number[]) => number,
  at: readonly number[],
  deviations: readonly number[],
): readonly (readonly number[])[] | undefined {
  const inverse = inverseOf(hessian(cost, at));
  if (!inverse) return undefined;
  const by = 1e-3;
  const slopes = at.map((_, index) => {
    const shifted = (size: number) =>
      runFilter(roomAt(at.map((part, which) => (which === index ? part + size : part))), record).partialCosts;
    const [above, below] = [shifted(by), shifted(-by)];
    return Array.from(above, (value, part) => (value - (below[part] ?? 0)) / (2 * by));
  });
  const scatter = slopes.map((one, row) => {
    const prior = 1 / (deviations[row] ?? 1) ** 2;
    return slopes.map((other, column) => dot(one, other) + (row === column ? prior : 0));
  });
  const product = (left: readonly (readonly number[])[], right: readonly (readonly number[])[]) =>
    left.map((row) =>
      right.map((_, column) => row.reduce((sum, part, k) => sum + part * (right[k]?.[column] ?? 0), 0)),
    );
  const robust = product(product(inverse, scatter), inverse);
  // Never surer than the curvature alone says.
  return robust.map((row, i) =>
    row.map((part, j) => (i === j ? Math.max(part, inverse[i]?.[j] ?? 0) : part)),
  );
}

const clamped = (exponent: number) => Math.min(8, Math.max(-8, exponent));

/** Intervals by the delta method, on logarithms, since all of the figures are above 0. */
function figuresOf(
  at: readonly number[],
  covariance: readonly (readonly number[])[],
  roomAt: (at: readonly number[]) => NoisyRoom,
): RoomFigures {
  const figure = (of: (model: RoomModel) => number, least = modelDoubt): Figure => {
    const logarithm = (place: readonly number[]) => Math.log(of(roomAt(place).model));
    const slope = slopeOf(logarithm, at);
    const variance = dot(
      slope,
      covariance.map((row) => dot(row, slope)),
    );
    const spread = Math.exp(1.96 * Math.sqrt(Math.max(0, variance) + least ** 2));
    const value = Math.exp(logarithm(at));
    return { value, low: value / spread, high: value * spread };
  };
  const own = Object.fromEntries(
    physical.map((name) => [
      name,
      figure((model) => model[name], name.includes("ToOutside") ? splitDoubt : modelDoubt),
    ]),
  );
  return {
    ...(own as Record<(typeof physical)[number], Figure>),
    lossWattsPerKelvin: figure(lossWattsPerKelvin),
    slowHours: figure((model) => hoursOf(model).slow),
    fastHours: figure((model) => hoursOf(model).fast),
  };
}

/** The room's two time constants, by the eigenvalues of its transition over an hour. */
function hoursOf(model: RoomModel): { readonly slow: number; readonly fast: number } {
  const [a, b, c, d] = propagate(model, 3600 as Parameters<typeof propagate>[1]).transition;
  const middle = (a + d) / 2;
  const spread = Math.sqrt(Math.max(0, middle ** 2 - (a * d - b * c)));
  return { slow: -1 / Math.log(middle + spread), fast: -1 / Math.log(Math.max(1e-12, middle - spread)) };
}

function foresightOf(record: RoomRecord, found: NoisyRoom, configured: NoisyRoom): Foresight {
  const aheadSteps = Math.max(1, Math.round((hoursAhead * 3600) / record.step));
  const rms = (room: NoisyRoom) => {
    const errors = runFilter(room, record, aheadSteps).errorsAhead.filter((error) => !Number.isNaN(error));
    return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / Math.max(1, errors.length));
  };
  return { hoursAhead, foundK: rms(found), configuredK: rms(configured) };
}

const round = (value: number) => Number(value.toPrecision(2));
