import { costOf, type Joules, Micros } from "../../domain/index.ts";
import type { DeviceStates } from "./deviceBank.ts";
import type { Earnings } from "./known.ts";
import type { LoopHome } from "./loopHome.ts";
import type { LoopTruth } from "./loopTruth.ts";

/** What a time in the home came to. Money is in millionths. */
export interface LoopAccount {
  readonly cost: bigint;
  readonly revenue: bigint;
  /** Electricity by device, J. */
  readonly joules: Readonly<Record<string, number>>;
  /** Heat of all devices, J. */
  readonly heatJoules: number;
  /** Of the room below and above what is wanted, of the water below the tap's, K·h. */
  readonly coldKh: number;
  readonly hotKh: number;
  readonly coldWaterKh: number;
  readonly coldestC: number;
  readonly hottestC: number;
  /** The most that was drawn by all, W. */
  readonly mostW: number;
  /** The most by which devices drew more than all else left of the feeder, W. */
  readonly overFeederW: number;
  readonly longestWithoutDisinfectionH: number;
}

export const emptyAccount = (): LoopAccount => ({
  cost: 0n,
  revenue: 0n,
  joules: {},
  heatJoules: 0,
  coldKh: 0,
  hotKh: 0,
  coldWaterKh: 0,
  coldestC: Infinity,
  hottestC: -Infinity,
  mostW: 0,
  overFeederW: 0,
  longestWithoutDisinfectionH: 0,
});

export interface AccountedMinute {
  readonly devices: DeviceStates;
  readonly truth: LoopTruth;
  readonly pricePerKwh: number;
  readonly otherW: number;
  readonly heatW: number;
  readonly leastC: number;
}

const second = 60;
const micros = (amount: number) => Micros(BigInt(Math.round(amount * 1e6)));

export function addMinute(
  home: LoopHome,
  earnings: Earnings,
  before: LoopAccount,
  minute: AccountedMinute,
): LoopAccount {
  const { devices, truth, leastC } = minute;
  const joules = { ...before.joules };
  let { cost, revenue } = before;
  let drawn = minute.otherW;
  for (const [id, { watts, settles }] of Object.entries(devices)) {
    const own = (watts * second) as Joules;
    joules[id] = (joules[id] ?? 0) + own;
    drawn += watts;
    cost += costOf(own, micros(minute.pricePerKwh));
    if (settles === 0) revenue += costOf(own, micros(earnings[id] ?? 0));
  }
  const { air } = truth.room;
  const hours = second / 3600;
  return {
    cost,
    revenue,
    joules,
    heatJoules: before.heatJoules + minute.heatW * second,
    coldKh: before.coldKh + hours * Math.max(0, leastC - air),
    hotKh: before.hotKh + hours * Math.max(0, air - home.mostC),
    coldWaterKh: before.coldWaterKh + hours * Math.max(0, home.tapC - (truth.layersC[0] ?? 0)),
    coldestC: Math.min(before.coldestC, air),
    hottestC: Math.max(before.hottestC, air),
    mostW: Math.max(before.mostW, drawn),
    overFeederW: Math.max(before.overFeederW, drawn - Math.max(home.feederWatts, minute.otherW)),
    longestWithoutDisinfectionH: Math.max(
      before.longestWithoutDisinfectionH,
      truth.legionella.sinceSeconds / 3600,
    ),
  };
}
