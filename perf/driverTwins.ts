import { hostClock, Watts } from "../src/domain/index.ts";
import {
  plainLoad,
  startAvalonTwin,
  startBitaxeTwin,
  startBraiinsTwin,
  startShellyTwin,
} from "../src/lab/index.ts";

/** A virtual device, and what hearth.yaml would say of it. */
export interface TwinOfDriver {
  readonly driver: string;
  readonly keys: object;
  /** The address of the plug that it hangs on. */
  readonly plug?: string;
}

const clock = hostClock(globalThis);
const login = { username: "root", password: "" };

const families: readonly (() => Promise<TwinOfDriver>)[] = [
  async () => {
    const { url } = await startBraiinsTwin({ clock, login });
    const keys = { address: url, minWatts: 800, maxWatts: 3600, unattendedWatts: 3600 };
    return { driver: "braiins", keys };
  },
  async () => {
    const { url } = await startBitaxeTwin({ clock });
    return { driver: "axeos", keys: { address: url, unattendedWatts: 22 } };
  },
  async () => {
    const { address } = await startAvalonTwin({ clock, model: "q", works: true });
    return { driver: "avalon", keys: { address, model: "q", unattendedWatts: 2000 } };
  },
  async () => {
    const { url } = await startShellyTwin({ clock, load: plainLoad(Watts(400)), isOn: true });
    return { driver: "plug", keys: { onWatts: 400 }, plug: url };
  },
];

/** The devices that are read, in a process of their own: as many of each family. */
const count = Number(process.argv[2]);
const twins: TwinOfDriver[] = [];
for (let index = 0; index < count; index++) {
  const start = families[index % families.length];
  if (start) twins.push(await start());
}
process.on("message", () => process.send?.(twins));
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
