import { z } from "zod";

/** What a request is answered by. */
export type RequestId = string | number | null;

export const requestId = z.union([z.int(), z.string().max(64), z.null()]);

/** Stratum's error codes, and the words that go with them. */
export const stratumErrors = {
  other: [20, "Other/Unknown"],
  stale: [21, "Job not found (=stale)"],
  duplicate: [22, "Duplicate share"],
  lowDifficulty: [23, "Low difficulty share"],
  unauthorized: [24, "Unauthorized worker"],
  notSubscribed: [25, "Not subscribed"],
} as const satisfies Record<string, readonly [number, string]>;
export type StratumErrorName = keyof typeof stratumErrors;

export interface StratumError {
  readonly code: number;
  readonly message: string;
}

const message = z.string().transform((text) => printable(text, 200));

/** An error as pools write it: a list, an object, or plain words. */
export const stratumError = z.union([
  z
    .tuple([z.coerce.number().catch(20), message.catch("")], z.unknown())
    .transform(([code, message]) => ({ code, message })),
  z.object({ code: z.coerce.number().catch(20), message: message.catch("") }),
  message.transform((message) => ({ code: 20, message })),
]);

/** What is wrong first, in one line. */
export function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue
    ? printable(`at ${issue.path.join(".") || "its root"}: ${issue.message}`, 120)
    : "it is malformed";
}

/** Text of a peer, fit to be shown and logged: no control characters, not too long. */
export function printable(text: string, most: number): string {
  return text
    .slice(0, most * 2)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, most)
    .trim();
}

export const encodeRequest = (id: number, method: string, params: readonly unknown[]): string =>
  `${JSON.stringify({ id, method, params })}\n`;

export const encodeNotification = (method: string, params: readonly unknown[]): string =>
  `${JSON.stringify({ id: null, method, params })}\n`;

export const encodeResult = (id: RequestId, result: unknown): string =>
  `{"id":${JSON.stringify(id)},"result":${JSON.stringify(result)},"error":null}\n`;

/** @param words instead of the code's usual ones. */
export function encodeError(id: RequestId, name: StratumErrorName, words?: string): string {
  const [code, usual] = stratumErrors[name];
  return `{"id":${JSON.stringify(id)},"result":null,"error":${JSON.stringify([code, words ?? usual, null])}}\n`;
}

/** The JSON object of a line, or why there is none. */
export function parseObject(line: string): { readonly object: object } | { readonly why: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { why: "it is no JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { why: "it is no JSON object" };
  return { object: value };
}

/** 32 bits in eight hex digits, the highest first. */
export const hex32 = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");

export const uint32 = z
  .string()
  .regex(/^[0-9a-f]{8}$/i)
  .transform((text) => Number.parseInt(text, 16));
