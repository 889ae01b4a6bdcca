import type { JsonPath } from "../jsonPath.ts";
import { HearthworkError, Joules, Watts } from "../../domain/index.ts";
import { finiteIn, firstAt, shown } from "../values.ts";

/** Asks a device, or tells it something, and gives its answer as plain JSON; undefined where it has none to give. */
export type AskDevice<Question> = (question: Question, signal: AbortSignal) => Promise<unknown>;

/** Where a value lies. */
export interface Place {
  /** In the answer to which of the questions of `look`. */
  readonly in: string;
  /** The first that leads to something counts: firmware differs in its names. */
  readonly paths: readonly JsonPath[];
}

/** How a device that meters is looked at, as data. */
export interface MeterRow<Question> {
  /** What is asked at every look, by names of our own. */
  readonly look: Readonly<Record<string, Question>>;
  readonly watts: Place;
  /** Its counter, with the joules of its unit. */
  readonly energy?: (Place & { readonly joules: number }) | undefined;
}

/** No meter of a home has counted more: a gigawatt hour, J. */
const mostJoules = 3.6e12;

/** What lay at a place when it was looked at. */
export type Found = (place: Place) => unknown;

/** Asks all that a look takes. Of what several channels tell as an array, the channel counts from 1. */
export async function lookAt<Question>(
  look: MeterRow<Question>["look"],
  ask: AskDevice<Question>,
  channel: number,
  signal: AbortSignal,
): Promise<Found> {
  const answers: Record<string, unknown> = {};
  for (const [name, question] of Object.entries(look)) answers[name] = await ask(question, signal);
  return ({ in: name, paths }) => firstAt(answers[name], paths, channel);
}

/**
 * The power, with its sign, and what the counter says.
 * @throws {HearthworkError} `device/garbage` when it tells no power up to `most`; worth trying later
 */
export function metered<Question>(
  { watts, energy }: MeterRow<Question>,
  found: Found,
  most: Watts,
): { readonly watts: Watts; readonly energy?: Joules } {
  const drawn = finiteIn(found(watts));
  if (drawn === undefined || Math.abs(drawn) > most) {
    throw garbage(`tells no power that could be: ${shown(found(watts))}`);
  }
  const counted = energy ? (finiteIn(found(energy)) ?? Number.NaN) * energy.joules : Number.NaN;
  const canBe = Math.abs(counted) <= mostJoules;
  return { watts: Watts(drawn), ...(canBe ? { energy: Joules(counted) } : {}) };
}

export const garbage = (why: string): HearthworkError =>
  new HearthworkError({ code: "device/garbage", message: `it ${why}`, retry: "later" });
