import { z } from "zod";
import type { Clock } from "../../domain/index.ts";
import { type BitaxeBuild, type BitaxeInside, hashes, runsAt } from "./bitaxeInside.ts";
import type { TwinReply, TwinRequest } from "./httpTwin.ts";

export interface BitaxeAnswersOptions {
  readonly state: BitaxeInside;
  readonly build: BitaxeBuild;
  readonly clock: Clock;
  readonly canPause: boolean;
  readonly offers: { readonly frequency: readonly number[]; readonly coreVoltage: readonly number[] } | null;
  restart(): void;
}

const settingsSchema = z.object({
  frequency: z.number().min(1).optional(),
  coreVoltage: z.number().min(1).optional(),
  autofanspeed: z.union([z.literal(0), z.literal(1)]).optional(),
  fanspeed: z.number().min(0).max(100).optional(),
  overheat_mode: z.literal(0).optional(),
});
/** Without power, the chip's thermal diode tells nothing. */
const noReading = -1;
const autoFanPercent = 45;
const gigahashesPerMhz = 2.04;
const notHere: TwinReply = { status: 404, body: "Nothing matches the given URI" };
const tenths = (value: number) => Math.round(value * 10) / 10;

/** The API of AxeOS over a virtual device's state. */
export function bitaxeAnswers(options: BitaxeAnswersOptions): (request: TwinRequest) => TwinReply {
  const { state, canPause, offers } = options;
  const posts: Readonly<Record<string, () => void>> = {
    "/api/system/restart": () => options.restart(),
    ...(canPause
      ? {
          "/api/system/pause": () => (state.paused = true),
          "/api/system/resume": () => (state.paused = false),
        }
      : {}),
  };

  return ({ method, path, body }) => {
    if (state.faults.has("shuts-others-out")) return { status: 401, body: "Unauthorized" };
    if (method === "GET" && path === "/api/system/info") return { body: infoOf(options) };
    if (method === "GET" && path === "/api/system/asic" && offers) {
      const { frequency: frequencyOptions, coreVoltage: voltageOptions } = offers;
      return {
        body: { ASICModel: "BM1370", deviceModel: "Gamma", asicCount: 1, frequencyOptions, voltageOptions },
      };
    }
    const act = method === "POST" && Object.hasOwn(posts, path) ? posts[path] : undefined;
    const isPatch = method === "PATCH" && path === "/api/system";
    if (!act && !isPatch) return notHere;
    if (state.faults.has("refuses")) return { status: 400, body: "Wrong API input" };
    if (act) act();
    else return patch(state, options.build, body);
    return { body: "done" };
  };
}

function patch(state: BitaxeInside, build: BitaxeBuild, body: unknown): TwinReply {
  const settings = settingsSchema.safeParse(body).data;
  if (!settings) return { status: 400, body: "Wrong API input" };
  state.before = { ...runsAt(state, build) };
  state.setAt = state.at;
  state.frequency = settings.frequency ?? state.frequency;
  state.coreVoltage = settings.coreVoltage ?? state.coreVoltage;
  state.fan = settings.fanspeed ?? state.fan;
  if (settings.autofanspeed !== undefined) state.autoFan = settings.autofanspeed === 1;
  if (state.autoFan) state.fan = autoFanPercent;
  return {};
}

function infoOf({ state, build, clock, canPause }: BitaxeAnswersOptions): object {
  const { power, trippedSince, faults } = state;
  const { frequency, coreVoltage } = runsAt(state, build);
  const lies = faults.get("lies");
  const fault = faults.get("power-fault");
  const hasTripped = trippedSince !== undefined;
  const hashRate = hashes(state) ? frequency * gigahashesPerMhz : 0;
  return {
    ASICModel: "BM1370",
    boardVersion: "602",
    version: canPause ? "v2.14.0" : "v2.9.0",
    hostname: "bitaxe",
    power: tenths(power * (lies?.kind === "lies" ? lies.factor : 1)),
    voltage: 5100,
    current: Math.round((power / 5.1) * 1000),
    frequency,
    coreVoltage,
    coreVoltageActual: hasTripped ? 0 : coreVoltage,
    hashRate,
    ...(canPause ? { hashRate_1m: hashRate, miningPaused: state.paused } : {}),
    expectedHashrate: frequency * gigahashesPerMhz,
    temp: hasTripped ? noReading : tenths(state.chip),
    vrTemp: tenths(state.regulator),
    autofanspeed: state.autoFan ? 1 : 0,
    fanspeed: state.fan,
    fanrpm: state.fan * 70,
    overheat_mode: hasTripped ? 1 : 0,
    ...(fault?.kind === "power-fault" ? { power_fault: fault.words } : {}),
    uptimeSeconds: Math.floor(clock.monotonic() - state.bootedAt),
    sharesAccepted: Math.floor(state.accepted),
    sharesRejected: 0,
    maxPower: 40,
    stratumURL: "pool.example",
    stratumPort: 3333,
    wifiStatus: "Connected!",
  };
}
