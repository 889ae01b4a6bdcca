import { hostClock, seededRandom, Watts } from "../../../domain/index.ts";
import { thisComputer } from "./driver.ts";
import { hashingMiner } from "./hashingMiner.suite.ts";

/** A hearth whose main thread hangs while this computer hashes at full power. */
const pools = [{ url: "stratum+tcp://none:1", user: "me" }];
const driver = await thisComputer.open(
  thisComputer.config.parse({ idleWatts: 30, fullWatts: 90, threads: 1, pools }),
  {
    clock: hostClock(globalThis),
    random: seededRandom(1),
    onEvent: () => {},
    brokers: {
      subscribe: () => ({
        trouble: () => undefined,
        publish: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
    },
    secret: () => undefined,
    startMiner: ({ threads }) => Promise.resolve(hashingMiner(threads)),
  },
);
await driver.apply({ watts: Watts(90), workload: "mining" }, new AbortController().signal);
process.stdout.write("hashing\n", () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
