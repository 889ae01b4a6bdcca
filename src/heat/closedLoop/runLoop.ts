import { Celsius, Instant, Seconds, Watts } from "../../domain/index.ts";
import { controlDefaults } from "../controlConfig.ts";
import { estimatedAir, unknownEstimate, updateEstimate } from "../estimate.ts";
import { type ComfortGuard, guardComfort } from "../planner/comfortGuard.ts";
import { mayPlanAct, newModelWatch, watchModel } from "../planner/modelWatch.ts";
import type { Plan, PlannedStep } from "../planner/plan.ts";
import { stepInAct } from "../planner/planInAct.ts";
import type { SolveProgram } from "../planner/program.ts";
import { solvePlan, type SolvePlanOptions } from "../planner/solvePlan.ts";
import { type DeviceWish, type Wishes, restingDevices, runDevices } from "./deviceBank.ts";
import { costOfHeat, type Earnings, heatPerWatt, type Known, leastRoomC } from "./known.ts";
import { addMinute, emptyAccount, type LoopAccount } from "./loopAccount.ts";
import type { LoopHome } from "./loopHome.ts";
import { startTruth, stepTruth, storedKwh, type TruthStart } from "./loopTruth.ts";
import type { LoopWorld } from "./loopWorld.ts";
import { newPlainState, plainRule } from "./plainRule.ts";
import { poseProblem } from "./poseProblem.ts";

/** Hours, from the first one on, in which a feed gives nothing. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

export interface LoopRun {
  readonly home: LoopHome;
  readonly world: LoopWorld;
  readonly start: TruthStart;
  readonly earnings: Earnings;
  /** By hour of the study. */
  readonly pricePerKwh: (hour: number) => number;
  /** Hours on the plain thermostat before anything counts. */
  readonly warmUpHours: number;
  /** Who plans; without, the plain thermostat controls. */
  readonly planner?: (SolvePlanOptions & { readonly solve: SolveProgram }) | undefined;
  readonly pricesGone?: Outage | undefined;
  readonly weatherGone?: Outage | undefined;
}

export interface LoopPlans {
  readonly made: number;
  readonly proven: number;
  /** The solver found none: made by plain rules. */
  readonly byRules: number;
  /** Hours in which the plan acted, in which a guard of comfort overruled it, and on the plain thermostat. */
  readonly actedHours: number;
  readonly overruledHours: number;
  readonly plainHours: number;
  readonly failedTimes: number;
}

export interface LoopResult {
  readonly account: LoopAccount;
  readonly starts: number;
  readonly plans: LoopPlans;
  /** Heat in fabric and tank at the end less that at the beginning, kWh. */
  readonly storedKwh: number;
  readonly endedC: { readonly room: number; readonly tank: number };
}

const minutesPerHour = 60;
const tick = Seconds(60);
const roomTolerance = 0.3;
const hardRoomC = 1;
const oldestForecastHours = 12;
/** Midnight of some day, for the plans' instants. */
const epoch = Date.UTC(2026, 0, 10);

/** A home in a closed loop, minute by minute: sense, estimate, plan each hour, act under guards, live. */
export async function runLoop(run: LoopRun, onHour: (hour: number) => void = () => {}): Promise<LoopResult> {
  const { home, world, earnings, planner } = run;
  let truth = startTruth(home, world, run.start);
  let devices = restingDevices(home.devices);
  let estimate = unknownEstimate();
  let plain = newPlainState();
  let watch = newModelWatch();
  let plan: Plan | undefined;
  let guards: { room: ComfortGuard; tank: ComfortGuard } = { room: "plan", tank: "plan" };
  let account = emptyAccount();
  let stored = storedKwh(home, world, truth);
  let startsBefore = 0;
  let lastPrice = run.pricePerKwh(0);
  const plans = { made: 0, proven: 0, byRules: 0, acted: 0, overruled: 0, plain: 0, failed: 0 };
  const startsOf = () => Object.values(devices).reduce((sum, { starts }) => sum + starts, 0);

  for (let minute = 0; minute < world.hours * minutesPerHour; minute++) {
    const hour = Math.floor(minute / minutesPerHour);
    const isFull = minute % minutesPerHour === 0;
    if (hour === run.warmUpHours && isFull) {
      account = emptyAccount();
      stored = storedKwh(home, world, truth);
      startsBefore = startsOf();
    }
    const at = Instant(epoch + minute * 60_000);
    const hasPrices = !isIn(run.pricesGone, hour);
    if (hasPrices) lastPrice = run.pricePerKwh(hour);
    const issued = isIn(run.weatherGone, hour) ? (run.weatherGone?.from ?? hour) : hour;
    const foreseen = world.forecast(issued, hour);
    const heat = heatOf(home, world, minute, truth, devices);
    estimate = updateEstimate({ model: home.model, sensor: controlDefaults.sensor }, estimate, {
      at,
      elapsed: minute === 0 ? Seconds(0) : tick,
      jump: Seconds(0),
      reading: { at, value: truth.room.air + world.roomNoiseK(minute) },
      heat: Watts(heat.room + foreseen.gainsW),
      outdoor: Celsius(foreseen.outdoorC),
    });
    const before = watch.verdict;
    watch = watchModel(home.model, watch, {
      elapsed: minute === 0 ? Seconds(0) : tick,
      estimate,
      heat: Watts(heat.room),
      outdoor: Celsius(foreseen.outdoorC),
      gains: Watts(foreseen.gainsW),
    });
    if (watch.verdict === "fails" && before !== "fails") plans.failed += 1;
    const noise = world.tankNoiseK(minute);
    const known: Known = {
      minute,
      estimate,
      roomC: truth.room.air + world.roomNoiseK(minute),
      tankC: meanOf(truth.layersC) + noise,
      tankTopC: (truth.layersC[0] ?? 0) + noise,
      legionella: truth.legionella,
      devices,
      outdoorC: foreseen.outdoorC,
      pricePerKwh: lastPrice,
      otherW: world.otherW(minute),
    };
    if (isFull) onHour(hour);
    const mayAct = planner !== undefined && hour >= run.warmUpHours && mayPlanAct(watch);
    if (mayAct && isFull && hasPrices && hour - issued <= oldestForecastHours) {
      const problem = poseProblem(home, known, earnings, outlookOf(run, issued, minute), epoch);
      plan = await solvePlan(problem, planner.solve, planner);
      plans.made += 1;
      if (plan.origin === "proven") plans.proven += 1;
      if (plan.origin === "rules") plans.byRules += 1;
    }
    const ruled = plainRule(home, plain, known, earnings);
    plain = ruled.state;
    const step = mayAct ? stepInAct(plan, at) : undefined;
    guards = guardsOf(home, guards, known);
    const isOverruled =
      guards.room === "too-cold" || guards.tank === "too-cold" || ruled.state.isDisinfecting;
    if (hour >= run.warmUpHours)
      plans[step === undefined ? "plain" : isOverruled ? "overruled" : "acted"] += 1;
    const wishes = step === undefined || isOverruled ? ruled.wishes : wishesOf(home, step, known);
    const room = estimatedAir(estimate) ?? known.roomC;
    devices = runDevices(home.devices, devices, wishes, {
      freeWatts: Math.max(0, home.feederWatts - known.otherW),
      tooHot: {
        room: guards.room === "too-hot" || room > home.mostC + hardRoomC,
        tank: known.tankC > home.tankMostC,
      },
      elapsed: tick,
      dearest: dearestFirst(home, known, earnings),
    });
    const given = heatOf(home, world, minute, truth, devices);
    truth = stepTruth(home, world, truth, minute, given);
    account = addMinute(home, earnings, account, {
      devices,
      truth,
      pricePerKwh: run.pricePerKwh(hour),
      otherW: known.otherW,
      heatW: given.room + given.tank,
      leastC: leastRoomC(home, minute),
    });
  }
  const after = storedKwh(home, world, truth);
  const hours = (minutes: number) => minutes / minutesPerHour;
  return {
    account,
    starts: startsOf() - startsBefore,
    plans: {
      made: plans.made,
      proven: plans.proven,
      byRules: plans.byRules,
      failedTimes: plans.failed,
      actedHours: hours(plans.acted),
      overruledHours: hours(plans.overruled),
      plainHours: hours(plans.plain),
    },
    storedKwh: after.room + after.tank - stored.room - stored.tank,
    endedC: { room: truth.room.air, tank: meanOf(truth.layersC) },
  };
}

const isIn = (outage: Outage | undefined, hour: number) =>
  outage !== undefined && hour >= outage.from && hour < outage.until;

const meanOf = (layersC: Float64Array) => layersC.reduce((sum, celsius) => sum + celsius, 0) / layersC.length;

function outlookOf({ world, pricePerKwh }: LoopRun, issued: number, minute: number) {
  return {
    forecast: (hour: number) => world.forecast(issued, hour),
    pricePerKwh,
    usualLitres: (hour: number) => world.usualLitres(hour),
    mainsC: world.mainsC(minute),
  };
}

/** Heat that each sink gets, W, from what the devices draw. */
function heatOf(
  home: LoopHome,
  world: LoopWorld,
  minute: number,
  { layersC }: { readonly layersC: Float64Array },
  devices: ReturnType<typeof restingDevices>,
): { readonly room: number; readonly tank: number } {
  const around = {
    outdoorC: world.outdoorC(minute),
    relativeHumidity: world.relativeHumidity(minute),
    tankC: meanOf(layersC),
  };
  let [room, tank] = [0, 0];
  for (const device of home.devices) {
    const state = devices[device.id];
    if (!state || state.watts === 0) continue;
    room += state.watts * (1 - state.toTank) * heatPerWatt(home, device, "room", around);
    tank += state.watts * state.toTank * heatPerWatt(home, device, "tank", around);
  }
  return { room, tank };
}

function guardsOf(
  home: LoopHome,
  before: { room: ComfortGuard; tank: ComfortGuard },
  { estimate, minute, tankTopC, tankC }: Known,
) {
  return {
    room: guardComfort(before.room, {
      temperature: estimatedAir(estimate),
      least: leastRoomC(home, minute),
      most: home.mostC,
      tolerance: roomTolerance,
    }),
    tank: guardComfort(before.tank, {
      temperature: tankC > home.tankMostC ? tankC : tankTopC,
      least: home.tapC + 1,
      most: home.tankMostC,
      tolerance: 1,
    }),
  };
}

/** What a plan's step asks of the devices. */
function wishesOf(home: LoopHome, step: PlannedStep, { devices }: Known): Wishes {
  const planned = [...step.heaters, ...step.backups];
  return Object.fromEntries(
    home.devices.map(({ id }): [string, DeviceWish] => {
      const own = planned.find((one) => one.id === id);
      if (!own || own.watts <= 0) return [id, { watts: 0, toTank: devices[id]?.toTank ?? 0 }];
      const [room, tank] = [own.heat["room"] ?? 0, own.heat["tank"] ?? 0];
      return [id, { watts: own.watts, toTank: room + tank > 0 ? tank / (room + tank) : 0 }];
    }),
  );
}

function dearestFirst(home: LoopHome, known: Known, earnings: Earnings): readonly string[] {
  const cost = (device: LoopHome["devices"][number]) =>
    costOfHeat(home, device, device.sinks[0] ?? "room", known, earnings);
  return home.devices.toSorted((one, other) => cost(other) - cost(one)).map(({ id }) => id);
}
