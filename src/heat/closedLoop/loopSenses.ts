import { Celsius, Seconds, Watts } from "../../domain/index.ts";
import { controlDefaults } from "../controlConfig.ts";
import { type Estimate, unknownEstimate, updateEstimate } from "../estimate.ts";
import { mayPlanAct, type ModelWatch, newModelWatch, watchModel } from "../planner/modelWatch.ts";
import type { DeviceStates } from "./deviceBank.ts";
import type { Known } from "./known.ts";
import { heatOfDevices, meanOfLayers } from "./loopHeat.ts";
import { instantOf, isIn, issuedAt, type LoopRun } from "./loopRun.ts";
import type { LoopTruth } from "./loopTruth.ts";
import { minutesPerHour } from "./loopWorld.ts";

const tick = Seconds(60);

/** What sensors and feeds tell of a home, what is estimated from it, and how well its model foresees. */
export class LoopSenses {
  readonly #run: LoopRun;
  #estimate: Estimate = unknownEstimate();
  #watch: ModelWatch = newModelWatch();
  #lastPrice: number;
  #failedTimes = 0;

  constructor(run: LoopRun) {
    this.#run = run;
    this.#lastPrice = run.pricePerKwh(0);
  }

  mayPlanAct(): boolean {
    return mayPlanAct(this.#watch);
  }

  failedTimes(): number {
    return this.#failedTimes;
  }

  /** A minute further. */
  sense(minute: number, truth: LoopTruth, devices: DeviceStates): Known {
    const { home, world, pricesGone, pricePerKwh } = this.#run;
    const hour = Math.floor(minute / minutesPerHour);
    if (!isIn(pricesGone, hour)) this.#lastPrice = pricePerKwh(hour);
    const { outdoorC, gainsW } = world.forecast(issuedAt(this.#run, hour), hour);
    const heat = heatOfDevices(home, world, minute, truth.layersC, devices).room;
    const roomC = truth.room.air + world.roomNoiseK(minute);
    this.#learn(minute, roomC, { heat, outdoorC, gainsW });
    const noise = world.tankNoiseK(minute);
    return {
      minute,
      estimate: this.#estimate,
      roomC,
      tankC: meanOfLayers(truth.layersC) + noise,
      tankTopC: (truth.layersC[0] ?? 0) + noise,
      legionella: truth.legionella,
      devices,
      outdoorC,
      pricePerKwh: this.#lastPrice,
      otherW: world.otherW(minute),
    };
  }

  #learn(
    minute: number,
    roomC: number,
    by: { readonly heat: number; readonly outdoorC: number; readonly gainsW: number },
  ): void {
    const { model } = this.#run.home;
    const at = instantOf(minute);
    const elapsed = minute === 0 ? Seconds(0) : tick;
    const outdoor = Celsius(by.outdoorC);
    this.#estimate = updateEstimate({ model, sensor: controlDefaults.sensor }, this.#estimate, {
      at,
      elapsed,
      jump: Seconds(0),
      reading: { at, value: roomC },
      heat: Watts(by.heat + by.gainsW),
      outdoor,
    });
    const before = this.#watch.verdict;
    this.#watch = watchModel(model, this.#watch, {
      elapsed,
      estimate: this.#estimate,
      heat: Watts(by.heat),
      outdoor,
      gains: Watts(by.gainsW),
    });
    if (this.#watch.verdict === "fails" && before !== "fails") this.#failedTimes += 1;
  }
}
