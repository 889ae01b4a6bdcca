import { type Celsius, Seconds, Watts } from "../../domain/index.ts";
import type { SinkConfig } from "../controlConfig.ts";
import type { Estimate } from "../estimate.ts";
import { usualKelvinPerDay } from "../usualDraw.ts";
import { lossWattsPerKelvin, type RoomModel, type RoomState, stepRoom } from "../room.ts";

/**
 * How well a room's model foresees: it predicts an hour ahead again and again, and the errors are remembered for some
 * hours. Plain data.
 */
export interface ModelWatch {
  /** What the model makes of the hour that runs; null before the first one. */
  readonly foreseen: Foreseen | null;
  /** Errors (what came less what was foreseen), weighted by how new they are: sums of K and of K², and of the weights. */
  readonly sum: number;
  readonly squares: number;
  readonly weight: number;
  /** Whole hours that were judged, at most as many as are needed. */
  readonly judged: number;
  readonly verdict: "unproven" | "predicts" | "fails";
  /** Hours in a row without a large error since it failed. */
  readonly sound: number;
}

interface Foreseen {
  readonly state: RoomState;
  readonly offset: Watts;
  readonly age: Seconds;
}

export interface WatchedRound {
  readonly elapsed: Seconds;
  /** What is believed of the room at the end of `elapsed`; undefined while its sensor is lost. */
  readonly estimate: Pick<Estimate, "mean"> | undefined;
  /** Heat of all devices that went into it. */
  readonly heat: Watts;
  /** What the plan took for granted: outdoor temperature, and sun and people. */
  readonly outdoor: Celsius;
  readonly gains: Watts;
}

/** An hour: as long as a plan acts before the next one. */
const stepSeconds = 3600;
const memoryHours = 4;
/** Hours to judge before a plan acts at all, and in a row before it acts again. */
const hoursToProve = 3;
const hoursToReturn = 4;
/** Of the mean error, and of its root mean square, K an hour: where the plan ends, and where it may return. */
const bounds = { fails: { bias: 0.4, rms: 0.65 }, returns: { bias: 0.3, rms: 0.5 } } as const;
/** An error after which a plan ends at once, K. */
const absurdK = 1.5;
/** Errors that are borne beyond those bounds, K in an hour. */
interface Leniency {
  readonly bias: number;
  readonly rms: number;
  readonly absurd: number;
}
const strict: Leniency = { bias: 0, rms: 0, absurd: 0 };
/** Of what a usual day's water cools a tank by: who showers when is not foreseen. */
const lenientShares: Leniency = { bias: 0.05, rms: 0.15, absurd: 0.5 };

/** What a sink's model cannot know: of a tank, when its water is drawn. */
export function leniencyOf(sink: SinkConfig): Leniency {
  if (sink.kind === "room") return strict;
  const kelvin = usualKelvinPerDay(sink);
  const { bias, rms, absurd } = lenientShares;
  return { bias: bias * kelvin, rms: rms * kelvin, absurd: absurd * kelvin };
}

/** What the model is forgiven: a constant heat like so many K across the room's loss. */
const offsetKelvin = 3;

export const newModelWatch = (): ModelWatch => ({
  foreseen: null,
  sum: 0,
  squares: 0,
  weight: 0,
  judged: 0,
  verdict: "unproven",
  sound: 0,
});

/**
 * The power by which the world differs from the model as the estimate has learned it, as far as a plan may count on it,
 * W: what is beyond a few kelvin across the room's loss is a model that does not fit, and shows as its error.
 */
export function modelOffset(model: RoomModel, { mean }: Pick<Estimate, "mean">): Watts {
  const most = offsetKelvin * lossWattsPerKelvin(model);
  return Watts(Math.min(most, Math.max(-most, mean?.[2] ?? 0)));
}

/** One round further: the model lives through it beside the room, and is judged when its hour is over. */
export function watchModel(
  model: RoomModel,
  before: ModelWatch,
  round: WatchedRound,
  leniency = strict,
): ModelWatch {
  const { estimate, elapsed } = round;
  if (!estimate?.mean) return { ...before, foreseen: null };
  const begun = before.foreseen;
  if (!begun) return { ...before, foreseen: begin(model, estimate) };
  const age = Seconds(begun.age + elapsed);
  const inputs = { outdoor: round.outdoor, heat: Watts(round.heat + round.gains + begun.offset) };
  const state = stepRoom(model, begun.state, inputs, elapsed);
  if (age < stepSeconds) return { ...before, foreseen: { ...begun, state, age } };
  return { ...judge(before, estimate.mean[0] - state.air, leniency), foreseen: begin(model, estimate) };
}

/** Whether a plan made with this model may act. */
export const mayPlanAct = ({ verdict }: ModelWatch): boolean => verdict === "predicts";

/** The errors of the last hours: their mean and their root mean square, K in an hour; 0 before any. */
export function predictionError({ sum, squares, weight }: ModelWatch): {
  readonly biasK: number;
  readonly rmsK: number;
} {
  return weight > 0 ? { biasK: sum / weight, rmsK: Math.sqrt(squares / weight) } : { biasK: 0, rmsK: 0 };
}

/** For people: who controls, and why. */
export function modelWatchWords(watch: ModelWatch): string {
  const { biasK, rmsK } = predictionError(watch);
  const error = `off by ${rmsK.toFixed(1)} K an hour, ${biasK >= 0 ? "too cold" : "too warm"} by ${Math.abs(biasK).toFixed(1)} K on average`;
  const words: Readonly<Record<ModelWatch["verdict"], string>> = {
    unproven: `the plan has to show first that it predicts well (${watch.judged} of ${hoursToProve} h): plain thermostat`,
    predicts: `the plan predicts well (${error})`,
    fails: `the plan does not predict well (${error}): plain thermostat`,
  };
  return words[watch.verdict];
}

const begin = (model: RoomModel, estimate: Pick<Estimate, "mean">): Foreseen | null =>
  estimate.mean && {
    state: { air: estimate.mean[0] as Celsius, fabric: estimate.mean[1] as Celsius },
    offset: modelOffset(model, estimate),
    age: Seconds(0),
  };

function judge(before: ModelWatch, error: number, leniency: Leniency): ModelWatch {
  const keeps = Math.exp(-1 / memoryHours);
  const after = {
    ...before,
    sum: keeps * before.sum + error,
    squares: keeps * before.squares + error ** 2,
    weight: keeps * before.weight + 1,
    judged: Math.min(hoursToProve, before.judged + 1),
  };
  const { biasK, rmsK } = predictionError(after);
  const isWithin = ({ bias, rms }: { readonly bias: number; readonly rms: number }) =>
    Math.abs(biasK) <= bias + leniency.bias && rmsK <= rms + leniency.rms;
  const isAbsurd = Math.abs(error) > absurdK + leniency.absurd;
  if (isAbsurd || (after.judged >= hoursToProve && before.verdict !== "fails" && !isWithin(bounds.fails))) {
    return { ...after, verdict: "fails", sound: 0 };
  }
  if (before.verdict === "fails") {
    const sound = isWithin(bounds.returns) ? before.sound + 1 : 0;
    return { ...after, sound, verdict: sound >= hoursToReturn ? "predicts" : "fails" };
  }
  return { ...after, verdict: after.judged >= hoursToProve ? "predicts" : "unproven" };
}
