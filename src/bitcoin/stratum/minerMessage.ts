import { z } from "zod";
import { explain, parseObject, printable, requestId, type RequestId, uint32 } from "./rpc.ts";

/** A share as a miner hands it in. */
export interface Submission {
  readonly id: RequestId;
  readonly user: string;
  readonly jobId: string;
  /** Hex, lower case. */
  readonly extranonce2: string;
  /** Epoch seconds. */
  readonly time: number;
  readonly nonce: number;
  /** BIP 310; undefined when the miner does not roll versions. */
  readonly versionBits: number | undefined;
}

export interface ConfigureRequest {
  readonly id: RequestId;
  /** What the miner asks for, by BIP 310's names. */
  readonly extensions: readonly string[];
  /** The version bits that the miner can roll. */
  readonly versionMask: number;
  readonly minimumDifficulty: number | undefined;
}

/** What a miner says to a pool. */
export type MinerMessage =
  | ({ readonly kind: "submit" } & Submission)
  | ({ readonly kind: "configure" } & ConfigureRequest)
  | {
      readonly kind: "subscribe";
      readonly id: RequestId;
      readonly agent: string | undefined;
      readonly sessionId: string | undefined;
    }
  | { readonly kind: "authorize"; readonly id: RequestId; readonly user: string }
  | { readonly kind: "suggest-difficulty"; readonly id: RequestId; readonly difficulty: number }
  | { readonly kind: "extranonce-subscribe"; readonly id: RequestId }
  /** An answer to something that we asked. */
  | { readonly kind: "reply" }
  | { readonly kind: "unknown"; readonly id: RequestId; readonly method: string }
  | { readonly kind: "malformed"; readonly id: RequestId; readonly why: string };

const user = z
  .string()
  .max(128)
  .transform((text) => printable(text, 128));
const longestExtranonce2 = 16;

const submitParams = z.tuple(
  [
    user,
    z.string().max(64),
    z
      .string()
      .max(longestExtranonce2 * 2)
      .regex(/^(?:[0-9a-f]{2})*$/i)
      .transform((text) => text.toLowerCase()),
    uint32,
    uint32,
    uint32.optional(),
  ],
  z.unknown(),
);
const configureParams = z.tuple(
  [
    z.array(z.string().max(64)).max(16),
    z
      .object({
        "version-rolling.mask": uint32.default(0xffff_ffff),
        "minimum-difficulty.value": z.number().min(0).optional(),
      })
      .prefault({}),
  ],
  z.unknown(),
);
const subscribeParams = z.tuple([z.string().max(256).nullish(), z.string().max(64).nullish()], z.unknown());
const authorizeParams = z.tuple([user], z.unknown());
const suggestParams = z.tuple([z.coerce.number().positive()], z.unknown());

const envelope = z.object({
  id: requestId.default(null),
  method: z.string().max(64).optional(),
  params: z.array(z.unknown()).max(32).default([]),
});

type Read = (id: RequestId, params: readonly unknown[]) => MinerMessage;

function read<Params>(
  schema: z.ZodType<Params>,
  message: (id: RequestId, params: Params) => MinerMessage,
): Read {
  return (id, params) => {
    const parsed = schema.safeParse(params);
    return parsed.success ? message(id, parsed.data) : { kind: "malformed", id, why: explain(parsed.error) };
  };
}

const methods = new Map<string, Read>([
  [
    "mining.submit",
    read(submitParams, (id, [user, jobId, extranonce2, time, nonce, versionBits]) => ({
      kind: "submit",
      id,
      user,
      jobId,
      extranonce2,
      time,
      nonce,
      versionBits,
    })),
  ],
  [
    "mining.configure",
    read(configureParams, (id, [extensions, parameters]) => ({
      kind: "configure",
      id,
      extensions,
      versionMask: parameters["version-rolling.mask"],
      minimumDifficulty: parameters["minimum-difficulty.value"],
    })),
  ],
  [
    "mining.subscribe",
    read(subscribeParams, (id, [agent, sessionId]) => ({
      kind: "subscribe",
      id,
      agent: agent ? printable(agent, 64) : undefined,
      sessionId: sessionId ?? undefined,
    })),
  ],
  ["mining.authorize", read(authorizeParams, (id, [user]) => ({ kind: "authorize", id, user }))],
  [
    "mining.suggest_difficulty",
    read(suggestParams, (id, [difficulty]) => ({ kind: "suggest-difficulty", id, difficulty })),
  ],
  ["mining.extranonce.subscribe", (id) => ({ kind: "extranonce-subscribe", id })],
]);

/** Takes in one line of a miner. Never throws. */
export function parseMinerMessage(line: string): MinerMessage {
  const json = parseObject(line);
  if ("why" in json) return { kind: "malformed", id: null, why: json.why };
  const parsed = envelope.safeParse(json.object);
  if (!parsed.success) {
    return { kind: "malformed", id: null, why: explain(parsed.error) };
  }
  const { id, method, params } = parsed.data;
  if (method === undefined) return { kind: "reply" };
  return methods.get(method)?.(id, params) ?? { kind: "unknown", id, method: printable(method, 64) };
}
