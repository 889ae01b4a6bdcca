import { Seconds } from "../../domain/index.ts";

/** Of this time a thread works its share and rests for the remainder: short, so that the power is even. */
export const dutyPeriod = Seconds(0.1);

const longestRest = Seconds(1);

/** What a thread has used up to a point in time. */
export interface Usage {
  /** On a monotonic clock. */
  readonly at: Seconds;
  /** CPU time. */
  readonly busy: Seconds;
}

/** CPU time that a thread may still use, earned at the rate of its duty. */
export interface DutyCycle {
  readonly usage: Usage;
  /** s; below zero after using more than was earned. */
  readonly credit: number;
}

/** What to do next, and for how long. */
export type Turn =
  | { readonly kind: "work"; readonly for: Seconds }
  | { readonly kind: "rest"; readonly for: Seconds };

export const startDutyCycle = (usage: Usage): DutyCycle => ({ usage, credit: 0 });

/** A thread that could not work, or was woken late, catches up on one period at most. */
export function advanceDutyCycle({ usage, credit }: DutyCycle, duty: number, next: Usage): DutyCycle {
  const earned = duty * (next.at - usage.at);
  const used = next.busy - usage.busy;
  const most = fullCredit(duty) + duty * dutyPeriod;
  return { usage: next, credit: Math.min(most, credit + earned - used) };
}

export function nextTurn({ credit }: DutyCycle, duty: number): Turn {
  if (duty >= 1) return { kind: "work", for: dutyPeriod };
  if (duty > 0 && credit > 0) return { kind: "work", for: Seconds(credit) };
  const untilFull = duty > 0 ? (fullCredit(duty) - credit) / duty : dutyPeriod;
  return { kind: "rest", for: Seconds(Math.min(longestRest, untilFull)) };
}

/** With this and what is earned meanwhile a thread works for its share of one period. */
const fullCredit = (duty: number) => duty * (1 - duty) * dutyPeriod;
