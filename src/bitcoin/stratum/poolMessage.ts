import { hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import {
  explain,
  parseObject,
  printable,
  requestId,
  type RequestId,
  type StratumError,
  stratumError,
  uint32,
} from "./rpc.ts";
import { notifyParams, type StratumJob } from "./stratumJob.ts";

/** What a pool says to a miner. */
export type PoolMessage =
  | {
      readonly kind: "reply";
      readonly id: RequestId;
      readonly result: unknown;
      readonly error: StratumError | undefined;
    }
  | { readonly kind: "notify"; readonly job: StratumJob; readonly clean: boolean }
  | { readonly kind: "set-difficulty"; readonly difficulty: number }
  | { readonly kind: "set-version-mask"; readonly mask: number }
  | { readonly kind: "set-extranonce"; readonly extranonce: Extranonce }
  | {
      readonly kind: "reconnect";
      /** Undefined: where we are. */
      readonly host: string | undefined;
      readonly port: number | undefined;
      readonly waitSeconds: number;
    }
  | { readonly kind: "show-message"; readonly message: string }
  | { readonly kind: "get-version"; readonly id: RequestId }
  | { readonly kind: "unknown"; readonly id: RequestId; readonly method: string }
  | { readonly kind: "malformed"; readonly why: string };

/** The part of the search space that a pool gives to a connection. */
export interface Extranonce {
  readonly extranonce1: Uint8Array;
  readonly extranonce2Bytes: number;
}

const extranonce1 = z
  .string()
  .max(32)
  .regex(/^(?:[0-9a-f]{2})*$/i)
  .transform(hexToBytes);
const extranonce2Bytes = z.int().min(1).max(16);
const longestWait = 600;

const difficultyParams = z.tuple([z.coerce.number().positive()], z.unknown());
const maskParams = z.tuple([uint32], z.unknown());
const extranonceParams = z.tuple([extranonce1, extranonce2Bytes], z.unknown());
const reconnectParams = z.tuple(
  [
    z.string().max(255).nullish(),
    z.coerce.number().int().min(0).max(65_535).nullish(),
    z.coerce.number().min(0).catch(0).nullish(),
  ],
  z.unknown(),
);
const messageParams = z.tuple([z.string()], z.unknown());

const envelope = z.object({
  id: requestId.default(null),
  method: z.string().max(64).nullish(),
  params: z.array(z.unknown()).max(64).nullish(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});

type Read = (params: readonly unknown[], id: RequestId) => PoolMessage;

function read<Params>(schema: z.ZodType<Params>, message: (params: Params) => PoolMessage): Read {
  return (params) => {
    const parsed = schema.safeParse(params);
    return parsed.success ? message(parsed.data) : malformed(parsed.error);
  };
}

const methods = new Map<string, Read>([
  ["mining.notify", read(notifyParams, (notify) => ({ kind: "notify", ...notify }))],
  [
    "mining.set_difficulty",
    read(difficultyParams, ([difficulty]) => ({ kind: "set-difficulty", difficulty })),
  ],
  ["mining.set_version_mask", read(maskParams, ([mask]) => ({ kind: "set-version-mask", mask }))],
  [
    "mining.set_extranonce",
    read(extranonceParams, ([extranonce1, extranonce2Bytes]) => ({
      kind: "set-extranonce",
      extranonce: { extranonce1, extranonce2Bytes },
    })),
  ],
  [
    "client.reconnect",
    read(reconnectParams, ([host, port, wait]) => ({
      kind: "reconnect",
      host: host || undefined,
      port: port || undefined,
      waitSeconds: Math.min(wait ?? 0, longestWait),
    })),
  ],
  [
    "client.show_message",
    read(messageParams, ([message]) => ({ kind: "show-message", message: printable(message, 300) })),
  ],
  ["client.get_version", (_, id) => ({ kind: "get-version", id })],
]);

/** Takes in one line of a pool. Never throws. */
export function parsePoolMessage(line: string): PoolMessage {
  const json = parseObject(line);
  if ("why" in json) return { kind: "malformed", why: json.why };
  const parsed = envelope.safeParse(json.object);
  if (!parsed.success) return malformed(parsed.error);
  const { id, method, params, result, error } = parsed.data;
  if (typeof method !== "string") return readReply(id, result, error);
  return methods.get(method)?.(params ?? [], id) ?? { kind: "unknown", id, method: printable(method, 64) };
}

function readReply(id: RequestId, result: unknown, error: unknown): PoolMessage {
  if (error === null || error === undefined) return { kind: "reply", id, result, error: undefined };
  const parsed = stratumError.safeParse(error);
  const known = parsed.success ? parsed.data : { code: 20, message: "" };
  return { kind: "reply", id, result, error: known };
}

const malformed = (error: z.ZodError): PoolMessage => ({
  kind: "malformed",
  why: explain(error),
});

const subscribeReply = z
  .tuple([z.unknown(), extranonce1, extranonce2Bytes], z.unknown())
  .transform(([subscriptions, extranonce1, extranonce2Bytes]) => ({
    extranonce: { extranonce1, extranonce2Bytes },
    sessionId: sessionIdOf(subscriptions),
  }));

/** What a pool grants at `mining.subscribe`; undefined when it makes no sense. */
export function parseSubscription(
  result: unknown,
): { readonly extranonce: Extranonce; readonly sessionId: string | undefined } | undefined {
  return subscribeReply.safeParse(result).data;
}

const subscription = z.tuple([z.string(), z.string().min(1).max(64)], z.unknown());
const subscriptionList = z.array(z.unknown()).max(16);

/** One pair of method and id, or a list of such pairs; the id at `mining.notify` names the session. */
function sessionIdOf(subscriptions: unknown): string | undefined {
  const list = subscriptionList.safeParse(subscriptions).data ?? [];
  const pairs = [subscriptions, ...list].flatMap((entry) => {
    const pair = subscription.safeParse(entry);
    return pair.success ? [pair.data] : [];
  });
  return (pairs.find(([method]) => method === "mining.notify") ?? pairs[0])?.[1];
}

const configureReply = z.object({
  "version-rolling": z.unknown().optional(),
  "version-rolling.mask": uint32.optional().catch(undefined),
  "subscribe-extranonce": z.unknown().optional(),
});

/** What a pool grants at `mining.configure` (BIP 310). */
export function parseConfiguration(result: unknown): {
  /** Undefined when versions may not be rolled. */
  readonly versionMask: number | undefined;
  readonly setsExtranonce: boolean;
} {
  const reply = configureReply.safeParse(result).data;
  const mask = reply?.["version-rolling"] === true ? reply["version-rolling.mask"] : undefined;
  return { versionMask: mask, setsExtranonce: reply?.["subscribe-extranonce"] === true };
}
