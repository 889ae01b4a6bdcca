import type { AcceleratedClock } from "../domain/index.ts";

/** While a device is asked, time runs at most so fast: sockets and their answers take time of the host. */
const fastestWhileAsked = 60;

/** Accelerated time that lets devices on real sockets keep up. */
export interface PacedTime {
  /** How fast time runs while no device is asked. */
  speed(): number;
  /** @throws {HearthworkError} `time/bad-factor` unless the speed is above 0. */
  setSpeed(speed: number): void;
  /** Time is slow until the call ends. */
  whileAsked<T>(call: Promise<T>): Promise<T>;
}

export function pacedTime(clock: AcceleratedClock): PacedTime {
  let speed = clock.factor();
  let asked = 0;
  const pace = () => {
    const factor = asked > 0 ? Math.min(speed, fastestWhileAsked) : speed;
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
      try {
        return await call;
      } finally {
        asked -= 1;
        pace();
      }
    },
  };
}
