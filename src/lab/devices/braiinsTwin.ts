import { Celsius, type Clock, Seconds, Watts } from "../../domain/index.ts";
import { braiinsAnswers } from "./braiinsAnswers.ts";
import { type BraiinsBuild, type BraiinsFault, type BraiinsInside, liveOn } from "./braiinsInside.ts";
import type { WireFault } from "./faultyServer.ts";
import { startHttpTwin } from "./httpTwin.ts";
import { onMains } from "./onMains.ts";
import type { TwinLoad } from "./twinLoad.ts";

export interface BraiinsTwinOptions extends Partial<BraiinsBuild> {
  readonly clock: Clock;
  readonly port?: number;
  readonly slowMs?: number;
  readonly login?: { readonly username: string; readonly password: string };
  /** How it wants its token. Default `bare`, as the vendor documents. */
  readonly token?: "bare" | "Bearer";
  /** How long a token is good for. Default an hour. */
  readonly tokenLife?: Seconds;
  /** How long it tunes after each new target. Default 300 s. */
  readonly tuning?: Seconds;
  /** How long it takes from power to its first answer. Default 0. */
  readonly boot?: Seconds;
}

export interface BraiinsTwin extends TwinLoad {
  readonly url: string;
  hashes(): boolean;
  suffer(fault: WireFault | undefined): Promise<void>;
  /** Adds a fault; `undefined` ends them all. */
  misbehave(fault: BraiinsFault | undefined): void;
  /** It restarts, or mains come back: it forgets its pause and its logins, and mines at the target that it was given last. */
  boot(change?: { readonly target?: number }): void;
  close(): Promise<void>;
}

/** A miner on Braiins OS: the REST API on a real socket, and the physics behind it. It begins paused. */
export async function startBraiinsTwin(options: BraiinsTwinOptions): Promise<BraiinsTwin> {
  const { clock, tuning = Seconds(300) } = options;
  const build: BraiinsBuild = {
    constraints: options.constraints ?? { min: 800, default: 3000, max: 3600 },
    idleWatts: options.idleWatts ?? 50,
    ramp: options.ramp ?? 20,
    air: () => options.air?.() ?? Celsius(20),
  };
  const state: BraiinsInside = {
    at: clock.monotonic(),
    target: build.constraints.default,
    phase: "paused",
    power: build.idleWatts,
    chip: build.air(),
    tuningUntil: 0,
    preheats: false,
    minedSince: clock.monotonic(),
    accepted: 0,
    faults: new Map(),
  };
  const live = () => liveOn(state, build, clock.monotonic());
  const mine = () => {
    if (state.phase === "mining") return;
    state.phase = "mining";
    state.minedSince = state.at;
  };
  const api = braiinsAnswers({
    state,
    build,
    clock,
    login: options.login ?? { username: "root", password: "" },
    prefix: options.token === "Bearer" ? "Bearer " : "",
    tokenLife: options.tokenLife ?? Seconds(3600),
    retarget(watts) {
      state.target = watts;
      state.tuningUntil = state.at + tuning;
    },
    mine,
    rest: () => (state.phase = "paused"),
  });
  const server = await startHttpTwin({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.slowMs === undefined ? {} : { slowMs: options.slowMs }),
    answer(request) {
      live();
      return api.answer(request);
    },
  });

  const mains = onMains(server, options);
  const boot = ({ target = state.target }: { readonly target?: number } = {}) => {
    live();
    api.forgetLogins();
    Object.assign(state, { target, power: build.idleWatts, phase: "paused" });
    mine();
  };

  return {
    url: `http://127.0.0.1:${server.port}`,
    watts() {
      live();
      return Watts(state.power);
    },
    hashes() {
      live();
      return state.phase === "mining";
    },
    suffer: (fault) => mains.suffer(fault),
    misbehave(fault) {
      live();
      if (fault) state.faults.set(fault.kind, fault);
      else state.faults.clear();
    },
    boot,
    async plugIn() {
      boot();
      await mains.plugIn();
    },
    async unplug() {
      live();
      Object.assign(state, { phase: "off", power: 0 });
      await mains.unplug();
    },
    close: () => server.close(),
  };
}
