import { InvalidArgumentError } from "commander";
import { type Clock, isWithin, minutesOf, Seconds, weekdays, type WeeklySpan } from "../domain/index.ts";

/** Hours of each day, like 22:00-06:00, in this machine's time. */
export function hoursOf(text: string): WeeklySpan {
  const [from = "", to = "", ...more] = text.split("-");
  try {
    minutesOf(from);
    minutesOf(to);
  } catch {
    throw new InvalidArgumentError("write them like 22:00-06:00");
  }
  if (more.length > 0 || from === to) throw new InvalidArgumentError("write them like 22:00-06:00");
  return { days: weekdays, from, to };
}

const lookEvery = Seconds(30);

/** Tells again and again whether it is time, until it is closed. */
export function followHours(
  hours: WeeklySpan | undefined,
  { clock, timezone, tell }: { clock: Clock; timezone: string; tell: (isTime: boolean) => void },
): { readonly isTime: () => boolean; close(): void } {
  const isTime = () => hours === undefined || isWithin(hours, clock.now(), timezone);
  const over = new AbortController();
  const follow = async () => {
    while (!over.signal.aborted) {
      await clock.sleep(lookEvery, over.signal);
      if (!over.signal.aborted) tell(isTime());
    }
  };
  if (hours) void follow();
  return { isTime, close: () => over.abort() };
}
