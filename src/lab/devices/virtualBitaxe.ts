import { Celsius, type Clock, Watts } from "../../domain/index.ts";
import { bitaxeAnswers } from "./bitaxeAnswers.ts";
import { type BitaxeBuild, type BitaxeFault, type BitaxeState, hashes, liveOn } from "./bitaxeState.ts";
import type { WireFault } from "./faultyServer.ts";
import { startHttpTwin } from "./httpTwin.ts";

export interface VirtualBitaxeOptions extends Partial<BitaxeBuild> {
  readonly clock: Clock;
  readonly port?: number;
  readonly slowMs?: number;
  /** From firmware 2.14. Default true. */
  readonly canPause?: boolean;
  /** What it offers in `/api/system/asic`; `null` for firmware that has no such page. */
  readonly offers?: { readonly frequency: readonly number[]; readonly coreVoltage: readonly number[] } | null;
}

export interface VirtualBitaxe {
  readonly url: string;
  /** What it really draws now. */
  watts(): Watts;
  hashes(): boolean;
  suffer(fault: WireFault | undefined): Promise<void>;
  /** Adds a fault; `undefined` ends them all. */
  misbehave(fault: BitaxeFault | undefined): void;
  /** It restarts, or mains come back: it forgets its pause, and mines at the settings that it was given last. */
  boot(change?: Partial<Pick<BitaxeState, "frequency" | "coreVoltage">>): void;
  close(): Promise<void>;
}

/** A Bitaxe Gamma on AxeOS: its API on a real socket, and the physics behind it. It mines from the start. */
export async function startVirtualBitaxe(options: VirtualBitaxeOptions): Promise<VirtualBitaxe> {
  const { clock, canPause = true } = options;
  const {
    offers = { frequency: [400, 490, 525, 550, 600, 625], coreVoltage: [1000, 1060, 1100, 1150, 1200, 1250] },
  } = options;
  const build: BitaxeBuild = {
    rated: options.rated ?? { frequency: 525, coreVoltage: 1150, watts: 22 },
    idleWatts: options.idleWatts ?? 5,
    haltsForGood: options.haltsForGood ?? false,
    air: () => options.air?.() ?? Celsius(20),
  };
  const state: BitaxeState = {
    at: clock.monotonic(),
    frequency: build.rated.frequency,
    coreVoltage: build.rated.coreVoltage,
    autoFan: true,
    fan: 45,
    paused: false,
    trippedSince: undefined,
    power: build.idleWatts,
    chip: build.air(),
    regulator: build.air(),
    bootedAt: clock.monotonic(),
    accepted: 0,
    faults: new Map(),
  };
  const live = () => liveOn(state, build, clock.monotonic());
  const boot = (change: Partial<BitaxeState> = {}) =>
    Object.assign(state, {
      paused: false,
      trippedSince: undefined,
      power: build.idleWatts,
      bootedAt: state.at,
      ...change,
    });
  const answer = bitaxeAnswers({ state, clock, canPause, offers, restart: () => void boot() });
  const server = await startHttpTwin({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    answer(request) {
      live();
      return answer(request);
    },
  });

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
    suffer: (fault) => server.suffer(fault),
    misbehave(fault) {
      live();
      if (fault) state.faults.set(fault.kind, fault);
      else state.faults.clear();
    },
    boot(change) {
      live();
      boot(change);
    },
    close: () => server.close(),
  };
}
