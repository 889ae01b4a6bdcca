import { type Hashes, HashesPerSecond, type Seconds } from "../../domain/index.ts";

const windowLength = 10;

interface Sample {
  readonly at: Seconds;
  readonly hashes: Hashes;
}

/** A rate over the last ten seconds, from counts taken now and then. */
export interface RateWindow {
  /** A count at a time of a monotonic clock. */
  add(sample: Sample): void;
  /** The mean rate from the oldest count in the window until this one; zero before the first. */
  rateUntil(sample: Sample): HashesPerSecond;
}

export function createRateWindow(): RateWindow {
  const samples: Sample[] = [];
  const forget = (now: Seconds) => {
    for (;;) {
      const second = samples[1];
      if (!second || second.at > now - windowLength) return;
      samples.shift();
    }
  };
  return {
    add(sample) {
      samples.push(sample);
      forget(sample.at);
    },
    rateUntil({ at, hashes }) {
      forget(at);
      const oldest = samples[0];
      if (!oldest || at <= oldest.at) return HashesPerSecond(0);
      return HashesPerSecond((hashes - oldest.hashes) / (at - oldest.at));
    },
  };
}
