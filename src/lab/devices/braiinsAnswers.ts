import { randomUUID } from "node:crypto";
import type { Clock, Seconds } from "../../domain/index.ts";
import { type BraiinsBuild, type BraiinsInside, ownTarget } from "./braiinsInside.ts";
import type { TwinReply, TwinRequest } from "./httpTwin.ts";

export interface BraiinsAnswersOptions {
  readonly state: BraiinsInside;
  readonly build: BraiinsBuild;
  readonly clock: Clock;
  readonly login: { readonly username: string; readonly password: string };
  readonly prefix: "" | "Bearer ";
  readonly tokenLife: Seconds;
  retarget(watts: number): void;
  mine(): void;
  rest(): void;
}

export interface BraiinsAnswers {
  answer(request: TwinRequest): TwinReply;
  forgetLogins(): void;
}

const joulePerTerahash = 21.5;
const notHere: TwinReply = { status: 404, body: { message: "Not Found" } };
const watt = (watts: number) => ({ watt: Math.round(watts) });
const degrees = (celsius: number) => ({ degree_c: Math.round(celsius * 2) / 2 });

/** The REST API over a virtual miner's state, with the shapes of Braiins OS 25. */
export function braiinsAnswers(options: BraiinsAnswersOptions): BraiinsAnswers {
  const { state, clock, login } = options;
  const { constraints } = options.build;
  const tokens = new Map<string, number>();

  const gets: Readonly<Record<string, () => unknown>> = {
    "miner/details": () => detailsOf(options),
    "miner/stats": () => statsOf(options),
    "performance/tuner-state": () => tunerOf(options),
    "miner/hw/hashboards": () => ({ hashboards: ["1", "2", "3"].map((id) => boardOf(state, id)) }),
    "configuration/miner": () => ({
      tuner: { enabled: true, hashrate_target: null, power_target: watt(state.target), tuner_mode: 1 },
    }),
    "configuration/constraints": () => ({
      tuner_constraints: {
        power_target: {
          min: watt(constraints.min),
          default: watt(constraints.default),
          max: watt(constraints.max),
        },
        default_mode: 1,
      },
    }),
    "miner/errors": () => ({
      errors: state.phase === "overheated" ? [overheated(clock)] : [],
    }),
    pools: () => [{ name: "home", pools: [poolOf(state)], uid: "0" }],
  };
  const puts: Readonly<Record<string, (body: unknown) => TwinReply>> = {
    "performance/power-target": (body) => {
      const asked = (body as { watt?: unknown } | undefined)?.watt;
      if (typeof asked !== "number" || !Number.isInteger(asked))
        return { status: 422, body: "watt: expected" };
      if (asked < constraints.min || asked > constraints.max) {
        const message = `power target must be between ${constraints.min} W and ${constraints.max} W`;
        return { status: 400, body: { message } };
      }
      if (asked !== state.target) options.retarget(asked);
      return { body: watt(asked) };
    },
    "actions/pause": () => {
      const was = state.phase !== "mining";
      options.rest();
      return { body: was };
    },
    "actions/resume": () => {
      const was = state.phase === "mining";
      options.mine();
      return { body: was };
    },
  };
  const isKnown = (authorization: string | undefined) => {
    if (!authorization?.startsWith(options.prefix)) return false;
    const until = tokens.get(authorization.slice(options.prefix.length));
    return until !== undefined && clock.monotonic() < until;
  };
  const enter = (body: unknown): TwinReply => {
    const { username, password } = (body ?? {}) as Partial<typeof login>;
    if (username !== login.username || password !== login.password) {
      return { status: 401, body: { message: "invalid credentials" } };
    }
    const token = randomUUID();
    tokens.set(token, clock.monotonic() + options.tokenLife);
    return { body: { token, timeout_s: options.tokenLife } };
  };

  return {
    forgetLogins: () => tokens.clear(),
    answer({ method, path, headers, body }) {
      const what = path.replace(/^\/api\/v1\//, "");
      if (what === path) return notHere;
      if (method === "POST" && what === "auth/login") return enter(body);
      if (method === "GET" && what.startsWith("version")) return { body: { major: 1, minor: 1, patch: 0 } };
      if (!isKnown(headers.authorization)) return { status: 401, body: { message: "unauthorized" } };
      if (state.faults.has("reconfigures") && what !== "miner/details") {
        return { status: 500, body: { message: "bosminer is not ready" } };
      }
      if (method === "GET") {
        const give = Object.hasOwn(gets, what) ? gets[what] : undefined;
        return give ? { body: give() } : notHere;
      }
      const take = method === "PUT" && Object.hasOwn(puts, what) ? puts[what] : undefined;
      if (!take) return notHere;
      const keeps = state.faults.has("keeps-its-target") && what === "performance/power-target";
      return keeps || state.faults.has("refuses")
        ? { status: 422, body: { message: "another configuration is in progress" } }
        : take(body);
    },
  };
}

const statuses = { off: 1, mining: 2, paused: 3, overheated: 4 } as const;

function detailsOf({ state, clock }: BraiinsAnswersOptions): object {
  return {
    status: statuses[state.phase],
    bosminer_uptime_s: Math.floor(clock.monotonic() - state.minedSince),
    bos_version: { bos_plus: true, current: "2025-11-21-0-00000000-25.11-plus" },
    hostname: "virtual-miner",
    miner_identity: { brand: 1, miner_model: "Antminer S19", name: "Antminer S19" },
  };
}

const overheated = (clock: Clock) => ({
  timestamp: new Date(clock.now()).toISOString(),
  message: "Dangerous chip temperature, mining is suspended",
  components: [],
  error_codes: [],
});

function statsOf({ state, build: { idleWatts } }: BraiinsAnswersOptions): object {
  const mines = state.phase === "mining";
  const lies = state.faults.get("lies");
  const told = state.power * (lies?.kind === "lies" ? lies.factor : 1);
  const gigahashes = mines ? (Math.max(0, state.power - idleWatts) / joulePerTerahash) * 1000 : 0;
  const rate = { gigahash_per_second: gigahashes };
  return {
    miner_stats: {
      nominal_hashrate: rate,
      real_hashrate: { last_15s: rate, last_1m: rate, last_5m: rate, last_15m: rate },
    },
    pool_stats: {
      accepted_shares: Math.floor(state.accepted),
      rejected_shares: 0,
      stale_shares: 0,
      last_difficulty: 131_072,
    },
    power_stats: {
      approximated_consumption: watt(mines ? told : 0),
      efficiency: { joule_per_terahash: joulePerTerahash },
    },
  };
}

function tunerOf({ state, build: { constraints } }: BraiinsAnswersOptions): object {
  return {
    overall_tuner_state: state.preheats ? 6 : state.at < state.tuningUntil ? 3 : 2,
    mode_state: {
      powertargetmodestate: {
        current_target: watt(Math.max(ownTarget(state), constraints.min)),
        profile: { target: watt(state.target), estimated_power_consumption: watt(state.target * 1.01) },
      },
    },
  };
}

function boardOf({ chip, faults }: BraiinsInside, id: string): object {
  const enabled = !(faults.has("loses-a-board") && id === "3");
  return {
    id,
    enabled,
    chips_count: 76,
    board_temp: enabled ? degrees(chip - 15) : null,
    highest_chip_temp: enabled ? { id: null, location: 1, temperature: degrees(chip) } : null,
    highest_outlet_temp: enabled ? degrees(chip - 12) : null,
    lowest_inlet_temp: enabled ? degrees(chip - 25) : null,
  };
}

function poolOf({ faults, accepted }: BraiinsInside): object {
  return {
    active: !faults.has("loses-its-pools"),
    alive: !faults.has("loses-its-pools"),
    enabled: true,
    url: "stratum+tcp://pool.example:3333",
    user: "home",
    stats: { accepted_shares: Math.floor(accepted), rejected_shares: 0, stale_shares: 0 },
  };
}
