import type { AcceleratedClock, ClockHost } from "../domain/index.ts";

/** While a device is asked, time runs at most so fast: sockets and their answers take time of the host. */
const fastestWhileAsked = 60;
/** A device that has not answered for so long by the host's time is waited for in real time: the computer may be busy. */
const promptMs = 100;
const fastestWhileLate = 1;

/** Accelerated time that lets devices on real sockets keep up. */
export interface PacedTime {
  /** How fast time runs while no device is asked. */
  speed(): number;
  /** @throws {HearthworkError} `time/bad-factor` unless the speed is above 0. */
  setSpeed(speed: number): void;
  /** Time is slow until the call ends. */
  whileAsked<T>(call: Promise<T>): Promise<T>;
}

export function pacedTime(clock: AcceleratedClock, host: ClockHost): PacedTime {
  let speed = clock.factor();
  let asked = 0;
  let late = 0;
  const fastest = () => (late > 0 ? fastestWhileLate : asked > 0 ? fastestWhileAsked : Infinity);
  const pace = () => {
    const factor = Math.min(speed, fastest());
    if (factor !== clock.factor()) clock.setFactor(factor);
  };
  return {
    speed: () => speed,
    setSpeed(next) {
      clock.setFactor(next);
      speed = next;
      pace();
    },
    async whileAsked(call) {
      asked += 1;
      pace();
      let isLate = false;
      const timer = host.setTimeout(() => {
        isLate = true;
        late += 1;
        pace();
      }, promptMs);
      try {
        return await call;
      } finally {
        host.clearTimeout(timer as never);
        if (isLate) late -= 1;
        asked -= 1;
        pace();
      }
    },
  };
}
