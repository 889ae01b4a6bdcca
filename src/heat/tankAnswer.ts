import type { TankSink } from "./controlConfig.ts";
import { lossWattsPerKelvin } from "./room.ts";
import { tankJoulesPerKelvin } from "./sinks/tank.ts";

/** How a tank's sensor answers to the heat that comes and goes. Plain data. */
export interface TankAnswer {
  /** Between these it has stood still, °C. */
  readonly low: number;
  readonly high: number;
  /** Heat that went in beyond the losses meanwhile, and that was lost beyond what went in, J. */
  readonly gained: number;
  readonly lost: number;
  /** Where its way was last counted, °C. */
  readonly from: number;
  /** Heat beyond the losses that its way, up and down, does not answer, J. */
  readonly unanswered: number;
  /** Why it is not believed. */
  readonly doubt: SensorDoubt;
}

export const sensorDoubts = ["none", "stands-still", "must-have-cooled", "does-not-answer"] as const;
type SensorDoubt = (typeof sensorDoubts)[number];

/** A last digit that flickers is no movement, K. */
const movementKelvin = 0.15;
/** Nor is it a way until it comes to so much; more of a sensor that is doubted, which may hang in a room's air, K. */
const wayKelvin = { believed: 1, doubted: 5 };
/** A sensor in the upper half sees a quarter of what heats the water beneath; what is drawn lets it fall. */
const answers = { risen: 4, fallen: 1 };
/** While it stands still losses count for so much of what the model says: it may be wrong. */
const surelyLost = 0.5;
/** The place where it stands may be so much warmer than was said, K. */
const aroundDoubtKelvin = 10;
/** While it stands still a tank may gain so much, since water above a layer that is heated does, or lose so much, K. */
const still = { gained: 10, leastGained: 3, lost: 2 };
/** While it moves and does not answer a tank may gain so much, since water lies in layers, K. */
const deaf = { most: 25, least: 10, resumesBelow: 4 };

interface AnswerRound {
  /** The newest reading that was believed, °C; null while there is none. */
  readonly raw: number | null;
  /** That flowed in over `elapsed`, W. */
  readonly heat: number;
  readonly elapsed: number;
}

type AnsweringTank = Pick<TankSink, "litres" | "model" | "aroundC" | "limits">;

/**
 * Follows a tank's sensor by the heat that comes and goes. One that stands still though the tank takes heat, or must
 * have cooled, is stuck; one that moves, but by less than heat went in, hangs beside the tank. What a tank may hold
 * beyond its reading ends about at its limit. A sensor that is doubted is believed again once it moves.
 */
export function watchTankAnswer(
  before: TankAnswer | null,
  tank: AnsweringTank,
  { raw, heat, elapsed }: AnswerRound,
): TankAnswer | null {
  const reading = raw ?? before?.high;
  if (reading === undefined) return null;
  const last = before ?? anew(reading);
  const loss = lossWattsPerKelvin(tank.model);
  const above = Math.max(0, reading - tank.aroundC);
  const stood = standStill(last, tank, reading, {
    in: Math.max(0, heat - surelyLost * loss * above) * elapsed,
    out: Math.max(0, surelyLost * loss * (above - aroundDoubtKelvin) - heat) * elapsed,
  });
  const went = goSomeWay(last, tank, reading, Math.max(0, heat - loss * above) * elapsed);
  return { ...stood, ...went, doubt: went.doubt === "none" ? stood.doubt : went.doubt };
}

const anew = (reading: number): TankAnswer => ({
  low: reading,
  high: reading,
  gained: 0,
  lost: 0,
  from: reading,
  unanswered: 0,
  doubt: "none",
});

const headroom = ({ limits }: AnsweringTank, reading: number) => limits.maxC - reading;

function standStill(
  last: TankAnswer,
  tank: AnsweringTank,
  reading: number,
  flow: { readonly in: number; readonly out: number },
): Pick<TankAnswer, "low" | "high" | "gained" | "lost" | "doubt"> {
  const [low, high] = [Math.min(last.low, reading), Math.max(last.high, reading)];
  if (high - low > movementKelvin) {
    return { low: reading, high: reading, gained: 0, lost: 0, doubt: "none" };
  }
  const [gained, lost] = [last.gained + flow.in, last.lost + flow.out];
  const perKelvin = tankJoulesPerKelvin(tank);
  const most = Math.min(still.gained, Math.max(still.leastGained, headroom(tank, reading)));
  const doubt =
    gained >= most * perKelvin
      ? "stands-still"
      : lost >= still.lost * perKelvin
        ? "must-have-cooled"
        : "none";
  return { low, high, gained, lost, doubt };
}

function goSomeWay(
  last: TankAnswer,
  tank: AnsweringTank,
  reading: number,
  gain: number,
): Pick<TankAnswer, "from" | "unanswered" | "doubt"> {
  const isDoubted = last.doubt === "does-not-answer";
  const perKelvin = tankJoulesPerKelvin(tank);
  const way = reading - last.from;
  const counts = Math.abs(way) >= (isDoubted ? wayKelvin.doubted : wayKelvin.believed);
  const answered = counts ? Math.abs(way) * (way > 0 ? answers.risen : answers.fallen) : 0;
  const unanswered = Math.max(0, last.unanswered + gain - answered * perKelvin);
  const most = Math.min(deaf.most, Math.max(deaf.least, headroom(tank, reading)));
  const isDeaf = unanswered >= (most - (isDoubted ? deaf.resumesBelow : 0)) * perKelvin;
  return { from: counts ? reading : last.from, unanswered, doubt: isDeaf ? "does-not-answer" : "none" };
}
