import { type Clock, Joules, Seconds, Watts } from "../../domain/index.ts";
import type { TwinLoad } from "./twinLoad.ts";

export interface PlugCoreOptions {
  readonly clock: Clock;
  readonly load: TwinLoad;
  /** Drawn by the plug's own electronics is not metered. */
  readonly isOn?: boolean;
}

/** What is inside of every virtual plug: a switch, a meter, an off-timer that really cuts, and what it does at power-on. */
export interface PlugCore {
  isOn(): boolean;
  watts(): Watts;
  /** Since it was made. */
  energy(): Joules;
  /** Until it switches off by itself; 0 when it will not. */
  timerLeft(): Seconds;
  timerSetTo(): Seconds;
  /** With a timer it is off by itself after so long; without, an earlier timer is forgotten. */
  switchOn(timer?: Seconds): Promise<void>;
  switchOff(): Promise<void>;
  /** The mains go away and come back: it is then as `powerOn` says. */
  outage(): Promise<void>;
  setPowerOn(state: "off" | "on" | "last"): void;
  /** From now on its timer runs out without switching anything. */
  breakTimer(): void;
  /** From now on it says so many times its real power. */
  lieAboutWatts(factor: number): void;
  /** Resolves when what hangs on it has followed its last switching. */
  whenStill(): Promise<void>;
  close(): Promise<void>;
}

export async function createPlugCore({ clock, load, isOn = true }: PlugCoreOptions): Promise<PlugCore> {
  let on = isOn;
  let powerOn: "off" | "on" | "last" = "last";
  let offAt: number | undefined;
  let setTo = 0;
  let timerWorks = true;
  let factor = 1;
  let joules = 0;
  let countedAt = clock.monotonic();
  let rearmed = new AbortController();
  const ended = new AbortController();
  let turning: Promise<void> = Promise.resolve();
  if (on) await load.plugIn();

  const watts = () => Watts(on ? load.watts() * factor : 0);
  const count = () => {
    const now = clock.monotonic();
    joules += watts() * (now - countedAt);
    countedAt = now;
  };
  const turn = (next: boolean) => {
    count();
    if (on !== next) {
      on = next;
      turning = turning.then(() => (next ? load.plugIn() : load.unplug()));
    }
    return turning;
  };
  const forgetTimer = () => {
    offAt = undefined;
    setTo = 0;
    rearmed.abort();
    rearmed = new AbortController();
  };
  const runOut = async (at: number, signal: AbortSignal) => {
    await clock.sleep(Seconds(Math.max(0, at - clock.monotonic())), signal);
    if (signal.aborted || ended.signal.aborted || !timerWorks) return;
    forgetTimer();
    await turn(false);
  };

  return {
    isOn: () => on,
    watts,
    energy() {
      count();
      return Joules(joules);
    },
    timerLeft: () => Seconds(offAt === undefined ? 0 : Math.max(0, offAt - clock.monotonic())),
    timerSetTo: () => Seconds(setTo),
    async switchOn(timer) {
      forgetTimer();
      if (timer !== undefined && timer > 0) {
        offAt = clock.monotonic() + timer;
        setTo = timer;
        void runOut(offAt, rearmed.signal);
      }
      await turn(true);
    },
    async switchOff() {
      forgetTimer();
      await turn(false);
    },
    async outage() {
      const before = on;
      forgetTimer();
      await turn(false);
      await turn(powerOn === "on" || (powerOn === "last" && before));
    },
    setPowerOn: (state) => (powerOn = state),
    breakTimer: () => (timerWorks = false),
    lieAboutWatts: (next) => (factor = next),
    whenStill: () => turning,
    close() {
      ended.abort();
      rearmed.abort();
      return turning;
    },
  };
}
