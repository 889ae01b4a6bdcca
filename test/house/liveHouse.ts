import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { seededRandom } from "../../src/domain/index.ts";
import { type VirtualHouse, virtualRooms } from "../../src/lab/index.ts";
import type { SiteView } from "../../src/wire/index.ts";
import { type HouseFault, houseFaults } from "./houseFaults.ts";
import { openHouse, step } from "./openHouse.ts";

const roomNames = Object.keys(virtualRooms) as (keyof typeof virtualRooms)[];
/** After a fault has ended, comfort is not judged for so long, s. */
const recovery = 5400;
const pauseBetweenFaults = 1800;

export interface HouseLife {
  /** Rounds in which comfort was judged, and those in which it held. */
  readonly judged: number;
  readonly comfortable: number;
  readonly hottestRoomC: number;
  readonly coldestRoomC: number;
  readonly mostWatts: number;
  /** Of any heater in any hour. */
  readonly mostStartsPerHour: number;
  readonly faults: readonly string[];
  readonly alarms: readonly string[];
  readonly residentGrowthMiB: number;
  readonly loopFaults: readonly unknown[];
}

export interface HouseLifeOptions {
  readonly hours: number;
  readonly seed: number;
  /** Between faults, s on average; none without. */
  readonly faultEvery?: number;
}

/** The virtual house under a hearth, on simulated time over real sockets, with faults at random. */
export async function liveInHouse({ hours, seed, faultEvery }: HouseLifeOptions): Promise<HouseLife> {
  const random = seededRandom(seed);
  const home = await openHouse(random);
  const { house, site } = home;
  const book = new LifeBook(house);
  const plan = faultPlan(house, random.fork("faults"), faultEvery);
  const steps = (hours * 3600) / step;
  let residentAtFirst = 0;
  try {
    for (let index = 0; index < steps; index++) {
      await home.step();
      await plan.move(index * step);
      book.enter(index * step, site.hearth.view(), plan.isDisturbed(index * step));
      if (index === Math.floor(steps / 4)) residentAtFirst = resident();
    }
    return {
      ...book.life(),
      faults: plan.suffered,
      residentGrowthMiB: resident() - residentAtFirst,
      loopFaults: home.loopFaults,
    };
  } finally {
    await home.close();
  }
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const resident = () => {
  collectGarbage();
  return process.memoryUsage.rss() / 2 ** 20;
};

interface FaultPlan {
  readonly suffered: readonly string[];
  move(second: number): Promise<void>;
  /** Whether a fault is on, or has ended too short ago for comfort to be back. */
  isDisturbed(second: number): boolean;
}

function faultPlan(
  house: VirtualHouse,
  random: ReturnType<typeof seededRandom>,
  every: number | undefined,
): FaultPlan {
  const faults = houseFaults(house);
  const suffered: string[] = [];
  let next = every === undefined ? Infinity : every * (0.5 + random.next());
  let running: { readonly fault: HouseFault; readonly until: number } | undefined;
  let endedAt = -Infinity;
  return {
    suffered,
    isDisturbed: (second) => running !== undefined || second < endedAt + recovery,
    async move(second) {
      if (running && second >= running.until) {
        await running.fault.end();
        running = undefined;
        endedAt = second;
        next = second + pauseBetweenFaults + (every ?? 0) * (0.5 + random.next());
      }
      if (running || second < next) return;
      const fault = faults[random.integer(faults.length)];
      if (!fault) return;
      suffered.push(fault.name);
      await fault.begin();
      running = { fault, until: second + fault.lasts };
    },
  };
}

/** What is judged, round by round. */
class LifeBook {
  readonly #house: VirtualHouse;
  #judged = 0;
  #comfortable = 0;
  #hottest = -Infinity;
  #coldest = Infinity;
  #mostWatts = 0;
  readonly #starts = new Map<string, number[]>();
  readonly #ran = new Map<string, boolean>();
  readonly #alarms = new Set<string>();

  constructor(house: VirtualHouse) {
    this.#house = house;
  }

  enter(second: number, view: SiteView, isDisturbed: boolean): void {
    this.#mostWatts = Math.max(this.#mostWatts, this.#house.watts());
    for (const { code } of view.alarms) this.#alarms.add(code);
    for (const { id, setpointWatts } of view.heaters) this.#count(id, setpointWatts > 0, second);
    for (const name of roomNames) {
      const air = this.#house.temperature(name);
      this.#hottest = Math.max(this.#hottest, air);
      this.#coldest = Math.min(this.#coldest, air);
      if (!isDisturbed) this.#judge(name, air, view);
    }
  }

  /** Too cold counts while more could be given, too warm while something is given. */
  #judge(name: (typeof roomNames)[number], air: number, { sinks, heaters }: SiteView): void {
    const sink = sinks.find(({ id }) => id === name);
    if (!sink) return;
    const own = heaters.filter(({ sinkId }) => sinkId === name);
    const { targetC, bandK } = sink.comfort;
    const gives = own.some(({ setpointWatts }) => setpointWatts > 0);
    const givesAll = own.every(({ setpointWatts, id }) => setpointWatts >= this.#mostOf(id));
    const tolerance = bandK + 0.2;
    if (air < targetC - tolerance && givesAll) return;
    if (air > targetC + tolerance && !gives) return;
    this.#judged += 1;
    if (Math.abs(air - targetC) <= tolerance) this.#comfortable += 1;
  }

  /** Near its highest step. */
  #mostOf(id: string): number {
    const steps = { s19: 1600, nano: 133, bitaxe: 18 } as Readonly<Record<string, number>>;
    return (steps[id] ?? 0) * 0.95;
  }

  #count(id: string, runs: boolean, second: number): void {
    const starts = this.#starts.get(id) ?? [];
    if (runs && this.#ran.get(id) === false) starts.push(second);
    this.#ran.set(id, runs);
    this.#starts.set(id, starts);
  }

  life() {
    const perHour = [...this.#starts.values()].flatMap((starts) =>
      starts.map((at) => starts.filter((other) => other >= at && other < at + 3600).length),
    );
    return {
      judged: this.#judged,
      comfortable: this.#comfortable,
      hottestRoomC: this.#hottest,
      coldestRoomC: this.#coldest,
      mostWatts: this.#mostWatts,
      mostStartsPerHour: Math.max(0, ...perHour),
      alarms: [...this.#alarms],
    };
  }
}
