import { Celsius, type Clock, type Seconds, Watts } from "../../domain/index.ts";
import { bitaxeAnswers } from "./bitaxeAnswers.ts";
import { type BitaxeBuild, type BitaxeFault, type BitaxeInside, hashes, liveOn } from "./bitaxeInside.ts";
import type { WireFault } from "./faultyServer.ts";
import { startHttpTwin } from "./httpTwin.ts";
import { onMains } from "./onMains.ts";
import type { TwinLoad } from "./twinLoad.ts";

export interface BitaxeTwinOptions extends Partial<BitaxeBuild> {
  readonly clock: Clock;
  readonly port?: number;
  readonly slowMs?: number;
  /** From firmware 2.14. Default true. */
  readonly canPause?: boolean;
  /** How long it takes from power to its first answer. Default 0. */
  readonly boot?: Seconds;
  /** What it offers in `/api/system/asic`; `null` for firmware that has no such page. */
  readonly offers?: { readonly frequency: readonly number[]; readonly coreVoltage: readonly number[] } | null;
}

export interface BitaxeTwin extends TwinLoad {
  readonly url: string;
  hashes(): boolean;
  suffer(fault: WireFault | undefined): Promise<void>;
  /** Adds a fault; `undefined` ends them all. */
  misbehave(fault: BitaxeFault | undefined): void;
  /** It restarts, or mains come back: it forgets its pause, and mines at the settings that it was given last. */
  boot(change?: Partial<Pick<BitaxeInside, "frequency" | "coreVoltage">>): void;
  close(): Promise<void>;
}

/** A Bitaxe Gamma on AxeOS: its API on a real socket, and the physics behind it. It mines from the start. */
export async function startBitaxeTwin(options: BitaxeTwinOptions): Promise<BitaxeTwin> {
  const { clock, canPause = true } = options;
  const {
    offers = { frequency: [400, 490, 525, 550, 600, 625], coreVoltage: [1000, 1060, 1100, 1150, 1200, 1250] },
  } = options;
  const build: BitaxeBuild = {
    rated: options.rated ?? { frequency: 525, coreVoltage: 1150, watts: 22 },
    idleWatts: options.idleWatts ?? 5,
    haltsForGood: options.haltsForGood ?? false,
    takesOver: options.takesOver ?? 0,
    air: () => options.air?.() ?? Celsius(20),
  };
  const state: BitaxeInside = {
    at: clock.monotonic(),
    frequency: build.rated.frequency,
    coreVoltage: build.rated.coreVoltage,
    before: build.rated,
    setAt: -Infinity,
    autoFan: true,
    fan: 45,
    paused: false,
    isPowered: true,
    trippedSince: undefined,
    power: build.idleWatts,
    chip: build.air(),
    regulator: build.air(),
    bootedAt: clock.monotonic(),
    accepted: 0,
    faults: new Map(),
  };
  const live = () => liveOn(state, build, clock.monotonic());
  const boot = (change: Partial<BitaxeInside> = {}) =>
    Object.assign(state, {
      paused: false,
      trippedSince: undefined,
      power: build.idleWatts,
      bootedAt: state.at,
      ...change,
    });
  const answer = bitaxeAnswers({ state, build, clock, canPause, offers, restart: () => void boot() });
  const server = await startHttpTwin({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    answer(request) {
      live();
      return answer(request);
    },
  });

  const mains = onMains(server, options);

  return {
    url: `http://127.0.0.1:${server.port}`,
    watts() {
      live();
      return Watts(state.power);
    },
    hashes() {
      live();
      return hashes(state);
    },
    suffer: (fault) => mains.suffer(fault),
    misbehave(fault) {
      live();
      if (fault) state.faults.set(fault.kind, fault);
      else state.faults.clear();
    },
    boot(change) {
      live();
      boot(change);
    },
    async plugIn() {
      live();
      boot({ isPowered: true });
      await mains.plugIn();
    },
    async unplug() {
      live();
      Object.assign(state, { isPowered: false, power: 0 });
      await mains.unplug();
    },
    close: () => server.close(),
  };
}
