import { type Clock, HearthworkError } from "../../../domain/index.ts";
import { askDone, askJson } from "../../transports/askHttp.ts";
import type { AxeosLimits } from "./readAxeos.ts";
import { type AxeosInfo, asicSchema, infoSchema } from "./replies.ts";

/** The questions and commands of one device. Each throws what `askDone` throws. */
export interface AxeosApi {
  info(signal: AbortSignal): Promise<AxeosInfo>;
  limits(signal: AbortSignal): Promise<AxeosLimits>;
  set(settings: AxeosSettings, signal: AbortSignal): Promise<void>;
  act(action: "pause" | "resume" | "restart", signal: AbortSignal): Promise<void>;
}

export interface AxeosSettings {
  readonly frequency: number;
  readonly coreVoltage: number;
  readonly overheat_mode?: 0;
  readonly autofanspeed?: 1;
}

/** What the device offers changes with its firmware only: asked for so often, s. */
const limitsPeriod = 3600;

export function axeosApi(device: URL, clock: Clock): AxeosApi {
  let known: { readonly at: number; readonly limits: AxeosLimits } | undefined;

  return {
    info: (signal) =>
      foreignAddress(device, askJson(device, { path: "/api/system/info" }, infoSchema, signal)),
    async limits(signal) {
      const at = clock.monotonic();
      if (!known || at - known.at > limitsPeriod) known = { at, limits: await askLimits(device, signal) };
      return known.limits;
    },
    async set(settings, signal) {
      const request = { method: "PATCH", path: "/api/system", body: settings } as const;
      await foreignAddress(device, askDone(device, request, signal));
    },
    async act(action, signal) {
      const request = { method: "POST", path: `/api/system/${action}` } as const;
      await foreignAddress(device, askDone(device, request, signal));
    },
  };
}

/** Old firmware does not say what it offers. */
async function askLimits(device: URL, signal: AbortSignal): Promise<AxeosLimits> {
  try {
    const offers = await askJson(device, { path: "/api/system/asic" }, asicSchema, signal);
    return {
      frequencyMhz: endsOf(offers.frequencyOptions),
      coreVoltageMv: endsOf(offers.voltageOptions),
    };
  } catch (thrown) {
    if (thrown instanceof HearthworkError && thrown.code === "device/refused") return {};
    throw thrown;
  }
}

const endsOf = (options: readonly number[] | null | undefined) =>
  options ? ([Math.min(...options), Math.max(...options)] as const) : undefined;

/** It has no password: 401 says that the hearth's address is none of its own network. */
async function foreignAddress<T>(device: URL, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError) || thrown.code !== "device/not-allowed") throw thrown;
    throw new HearthworkError({
      code: "device/not-allowed",
      message: `${device.host} answers only addresses of its own network; put the hearth into the same one`,
      data: thrown.data,
      retry: "later",
      cause: thrown,
    });
  }
}
