import { z } from "zod";
import { HearthworkError } from "../../../domain/index.ts";
import { type Credentials, credentialsNamed } from "../../credentials.ts";
import type { DriverContext } from "../../definition.ts";
import type { BraiinsConfig } from "./config.ts";
import { type Constraints, isPaused, type MinerReplies } from "./readMiner.ts";
import {
  configurationSchema,
  constraintsSchema,
  detailsSchema,
  errorsSchema,
  hashboardsSchema,
  poolsSchema,
  statsSchema,
  tunerSchema,
} from "./replies.ts";
import { openSession } from "./session.ts";

/** The questions and commands of one miner. Each throws what `askJson` throws. */
export interface MinerApi {
  replies(signal: AbortSignal): Promise<MinerReplies>;
  /** One of `minerStatus`. */
  status(signal: AbortSignal): Promise<number | undefined>;
  configuration(signal: AbortSignal): Promise<z.output<typeof configurationSchema>>;
  /** Empty where the release does not state them. */
  constraints(signal: AbortSignal): Promise<Constraints>;
  setTarget(watts: number, signal: AbortSignal): Promise<void>;
  act(action: "pause" | "resume" | "start", signal: AbortSignal): Promise<void>;
}

/** What changes rarely is asked for so often, s. */
const slowPeriod = 60;
/** As a miner comes: it has no password until its owner gives it one. */
const factoryLogin = { username: "root", password: "" };

type SlowReplies = Pick<MinerReplies, "configured" | "constraints" | "errors" | "pools">;

export function askMiner({ address, credentials }: BraiinsConfig, context: DriverContext): MinerApi {
  const { clock } = context;
  const session = openSession(address, () => loginOf(credentials, context), clock);
  const get = <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal) =>
    session.ask({ path: `/api/v1/${path}` }, schema, signal);
  const put = async (path: string, body: unknown, signal: AbortSignal) => {
    slow = undefined;
    await session.ask({ method: "PUT", path: `/api/v1/${path}`, body }, z.unknown(), signal);
  };
  let slow: { readonly at: number; readonly replies: SlowReplies } | undefined;

  const status = async (signal: AbortSignal) =>
    (await get("miner/details", detailsSchema, signal)).status ?? undefined;
  const configuration = (signal: AbortSignal) => get("configuration/miner", configurationSchema, signal);
  const constraints = async (signal: AbortSignal): Promise<Constraints> => {
    const stated = get("configuration/constraints", constraintsSchema, signal);
    const { tuner_constraints } = await stated.catch(ifItAnswers({ tuner_constraints: undefined }));
    const { min, max } = tuner_constraints?.power_target ?? {};
    return { min: min?.watt, max: max?.watt };
  };
  /** None of these is worth losing a reading for. */
  const slowReplies = async (signal: AbortSignal): Promise<SlowReplies> => {
    const at = clock.monotonic();
    if (slow && at - slow.at < slowPeriod) return slow.replies;
    const [settings, limits, { errors }, pools] = await Promise.all([
      configuration(signal).catch(ifItAnswers(undefined)),
      constraints(signal),
      get("miner/errors", errorsSchema, signal).catch(ifItAnswers({ errors: [] })),
      get("pools", poolsSchema, signal).catch(ifItAnswers([])),
    ]);
    const configured = settings?.tuner?.power_target?.watt;
    const replies = { configured, constraints: limits, errors, pools };
    if (settings) slow = { at, replies };
    return replies;
  };

  return {
    status,
    configuration,
    constraints,
    async replies(signal) {
      // The first question alone: it renews the token for those that follow at once.
      const now = await status(signal);
      const rests = isPaused({ status: now });
      const [stats, tuner, boards, rare] = await Promise.all([
        get("miner/stats", statsSchema, signal).catch(rests ? ifItAnswers({}) : rethrow),
        get("performance/tuner-state", tunerSchema, signal).catch(ifItAnswers({})),
        get("miner/hw/hashboards", hashboardsSchema, signal).catch(ifItAnswers({ hashboards: [] })),
        slowReplies(signal),
      ]);
      return { status: now, stats, tuner, boards: boards.hashboards, ...rare };
    },
    setTarget: (watts, signal) => put("performance/power-target", { watt: watts }, signal),
    act: (action, signal) => put(`actions/${action}`, undefined, signal),
  };
}

const rethrow = (thrown: unknown): never => {
  throw thrown;
};

/** Stands in for an answer that an old release has not, or gives in another form; silence is no such answer. */
const ifItAnswers =
  <T>(instead: T) =>
  (thrown: unknown): T => {
    const code = thrown instanceof HearthworkError ? thrown.code : "";
    if (["device/refused", "device/garbage", "device/failed"].includes(code)) return instead;
    throw thrown;
  };

function loginOf(name: string | undefined, context: DriverContext): Required<Credentials> {
  return name === undefined ? factoryLogin : { ...factoryLogin, ...credentialsNamed(context, name) };
}
