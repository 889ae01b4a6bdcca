import { HearthworkError } from "../../domain/index.ts";

/**
 * Lets one piece of work at a time do; each waits for those before it, at most until its signal aborts.
 * @throws {HearthworkError} `device/no-answer` when its turn did not come in time; worth trying later.
 */
export function takeTurns(): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();

  return (work, signal) => {
    const before = last;
    let callOff: (() => void) | undefined;
    const calledOff = new Promise<never>((_, reject) => {
      callOff = () =>
        reject(
          new HearthworkError({
            code: "device/no-answer",
            message: "the device is still busy with an earlier question",
            retry: "later",
          }),
        );
      if (signal.aborted) callOff();
      else signal.addEventListener("abort", callOff, { once: true });
    });
    const turn = Promise.race([before, calledOff]).then(() => {
      if (callOff) signal.removeEventListener("abort", callOff);
      return work();
    });
    last = Promise.allSettled([before, turn]).then(() => undefined);
    return turn;
  };
}
