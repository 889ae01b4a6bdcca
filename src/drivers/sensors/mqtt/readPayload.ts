import { Instant } from "../../../domain/index.ts";
import { type JsonPath, valueAt, written } from "../../jsonPath.ts";

export interface PayloadFormat {
  readonly path?: JsonPath | undefined;
  readonly timePath?: JsonPath | undefined;
}

/** What a payload says, in its own unit; that it says nothing of the value; or what is wrong with it. In words. */
export type PayloadValue =
  | { readonly kind: "value"; readonly value: number; readonly measuredAt: Instant | undefined }
  | { readonly kind: "absent"; readonly why: string }
  | { readonly kind: "bad"; readonly why: string };

const longestPayload = 65_536;
const plainNumber = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?\s*$/;
const earliestSeconds = Date.UTC(2000, 0) / 1000;
const latestSeconds = Date.UTC(2200, 0) / 1000;

/** Reads a payload of at most 64 KiB. Never throws. */
export function readPayload(payload: Uint8Array, { path, timePath }: PayloadFormat): PayloadValue {
  if (payload.length > longestPayload)
    return { kind: "bad", why: `its message of ${payload.length} bytes is too long` };
  if (payload.length === 0) return { kind: "bad", why: "its message is empty" };
  const text = decode(payload);
  if (text === undefined) return { kind: "bad", why: "its message is not text" };
  if (path === undefined && timePath === undefined) {
    const value = numberIn(text);
    if (value === undefined) return { kind: "bad", why: `its message is no number: ${quoted(text)}` };
    return { kind: "value", value, measuredAt: undefined };
  }
  const document = parseJson(text);
  if (document === undefined) return { kind: "bad", why: `its message is no JSON: ${quoted(text)}` };
  return readDocument(document, path ?? [], timePath);
}

function readDocument(document: unknown, path: JsonPath, timePath: JsonPath | undefined): PayloadValue {
  const found = valueAt(document, path);
  const where = path.length > 0 ? `at ${written(path)}` : "in its message";
  if (found === undefined || found === null) return { kind: "absent", why: `nothing lies ${where}` };
  const value = numberIn(found);
  if (value === undefined)
    return { kind: "bad", why: `what lies ${where} is no number: ${quoted(shown(found))}` };
  if (timePath === undefined) return { kind: "value", value, measuredAt: undefined };
  const time = valueAt(document, timePath);
  const measuredAt = timeIn(time);
  if (measuredAt !== undefined) return { kind: "value", value, measuredAt };
  return { kind: "bad", why: `what lies at ${written(timePath)} is no time: ${quoted(shown(time))}` };
}

function numberIn(found: unknown): number | undefined {
  const value = typeof found === "string" && plainNumber.test(found) ? Number(found) : found;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** ISO 8601 with its zone, epoch seconds or epoch milliseconds, between the years 2000 and 2200. */
function timeIn(found: unknown): Instant | undefined {
  const number = numberIn(found);
  const seconds =
    number === undefined
      ? typeof found === "string" && /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(found)
        ? Date.parse(found) / 1000
        : Number.NaN
      : number > latestSeconds
        ? number / 1000
        : number;
  return seconds >= earliestSeconds && seconds <= latestSeconds ? Instant(seconds * 1000) : undefined;
}

function decode(payload: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(payload);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const shown = (found: unknown) => (typeof found === "string" ? found : (JSON.stringify(found) ?? "nothing"));
// oxlint-disable-next-line no-control-regex -- what a device sends must not steer a terminal
const quoted = (text: string) => `"${text.slice(0, 60).replace(/[\u0000-\u001f\u007f-\u009f]/g, "·")}"`;
