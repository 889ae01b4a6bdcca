import { type DeviceStates, restingDevices, runDevices, type Wishes } from "./deviceBank.ts";
import { costOfHeat, type Known, leastRoomC } from "./known.ts";
import { addMinute, emptyAccount } from "./loopAccount.ts";
import { guardSinks, isTooCold, type LoopGuards, tooHotSinks, unguarded } from "./loopGuards.ts";
import { heatOfDevices, meanOfLayers } from "./loopHeat.ts";
import { LoopPlanner } from "./loopPlanner.ts";
import type { LoopResult, LoopRun, LoopSample } from "./loopRun.ts";
import { LoopSenses } from "./loopSenses.ts";
import { type LoopTruth, startTruth, stepTruth, storedKwh } from "./loopTruth.ts";
import { minutesPerHour } from "./loopWorld.ts";
import { newPlainState, plainRule } from "./plainRule.ts";

const tickSeconds = 60;
const sampleMinutes = 15;

/** A home in a closed loop, minute by minute: sense, estimate, plan each hour, act under guards, live. */
export async function runLoop(run: LoopRun, onHour: (hour: number) => void = () => {}): Promise<LoopResult> {
  const life = new LoopLife(run);
  const senses = new LoopSenses(run);
  const planner = new LoopPlanner(run);
  for (let minute = 0; minute < run.world.hours * minutesPerHour; minute++) {
    const hour = minute / minutesPerHour;
    if (hour === run.warmUpHours) life.beginAccount();
    const known = senses.sense(minute, life.truth, life.devices);
    const mayAct = run.planner !== undefined && hour >= run.warmUpHours && senses.mayPlanAct();
    if (Number.isInteger(hour)) {
      onHour(hour);
      if (mayAct) await planner.plan(known);
    }
    life.live(known, mayAct ? planner.wishes(known) : undefined);
    if (hour >= run.warmUpHours && minute % sampleMinutes === 0) run.onSample?.(life.sample(minute));
  }
  return life.result(planner, senses.failedTimes());
}

/** The home as it lives: its devices, its sinks, and what it all comes to. */
class LoopLife {
  readonly #run: LoopRun;
  truth: LoopTruth;
  devices: DeviceStates;
  #plain = newPlainState();
  #guards: LoopGuards = unguarded;
  #account = emptyAccount();
  #minutes = { acted: 0, overruled: 0, plain: 0 };
  #begun: { readonly stored: number; readonly starts: number };

  constructor(run: LoopRun) {
    this.#run = run;
    this.truth = startTruth(run.home, run.world, run.start);
    this.devices = restingDevices(run.home.devices);
    this.#begun = { stored: this.#stored(), starts: 0 };
  }

  beginAccount(): void {
    this.#account = emptyAccount();
    this.#minutes = { acted: 0, overruled: 0, plain: 0 };
    this.#begun = { stored: this.#stored(), starts: this.#starts() };
  }

  /** A minute further, by the plan's wishes where there are any and no guard of comfort overrules them. */
  live(known: Known, planned: Wishes | undefined): void {
    const { home, world, earnings, pricePerKwh } = this.#run;
    const { minute, otherW } = known;
    const ruled = plainRule(home, this.#plain, known, earnings);
    this.#plain = ruled.state;
    this.#guards = guardSinks(home, this.#guards, known);
    const isOverruled = isTooCold(this.#guards) || ruled.state.disinfection === "late";
    const by = planned === undefined ? "plain" : isOverruled ? "overruled" : "acted";
    this.#minutes[by] += 1;
    this.devices = runDevices(
      home.devices,
      this.devices,
      by === "acted" && planned ? planned : ruled.wishes,
      {
        freeWatts: Math.max(0, home.feederWatts - otherW),
        tooHot: tooHotSinks(home, this.#guards, known),
        elapsed: tickSeconds,
        dearest: dearestFirst(this.#run, known),
      },
    );
    const heat = heatOfDevices(home, world, minute, this.truth.layersC, this.devices);
    this.truth = stepTruth(home, world, this.truth, minute, heat);
    this.#account = addMinute(home, earnings, this.#account, {
      devices: this.devices,
      truth: this.truth,
      pricePerKwh: pricePerKwh(Math.floor(minute / minutesPerHour)),
      otherW,
      heatW: heat.room + heat.tank,
      leastC: leastRoomC(home, minute),
    });
  }

  sample(minute: number): LoopSample {
    return {
      roomC: this.truth.room.air,
      tankC: meanOfLayers(this.truth.layersC),
      outdoorC: this.#run.world.outdoorC(minute),
      watts: Object.values(this.devices).reduce((sum, { watts }) => sum + watts, 0),
      pricePerKwh: this.#run.pricePerKwh(Math.floor(minute / minutesPerHour)),
    };
  }

  result({ counts }: LoopPlanner, failedTimes: number): LoopResult {
    const { acted, overruled, plain } = this.#minutes;
    return {
      account: this.#account,
      starts: this.#starts() - this.#begun.starts,
      plans: {
        ...counts,
        failedTimes,
        actedHours: acted / minutesPerHour,
        overruledHours: overruled / minutesPerHour,
        plainHours: plain / minutesPerHour,
      },
      storedKwh: this.#stored() - this.#begun.stored,
      endedC: { room: this.truth.room.air, tank: meanOfLayers(this.truth.layersC) },
    };
  }

  #stored(): number {
    const { room, tank } = storedKwh(this.#run.home, this.#run.world, this.truth);
    return room + tank;
  }

  #starts(): number {
    return Object.values(this.devices).reduce((sum, { starts }) => sum + starts, 0);
  }
}

function dearestFirst({ home, earnings }: LoopRun, known: Known): readonly string[] {
  const cost = (device: LoopRun["home"]["devices"][number]) =>
    costOfHeat(home, device, device.sinks[0] ?? "room", known, earnings);
  return home.devices.toSorted((one, other) => cost(other) - cost(one)).map(({ id }) => id);
}
