import type { z } from "zod";
import { HearthworkError, Instant, Micros } from "../../domain/index.ts";

/** The most figures that one answer may hold: ten days of quarter-hours, and room. */
export const mostFigures = 5000;
/** No kWh costs more, in either direction, in millionths. */
const dearest = 100_000_000;

export const garbage = (why: string): HearthworkError =>
  new HearthworkError({
    code: "feed/garbage",
    message: `the answer was not understood: ${why}`,
    retry: "later",
  });

export const refused = (why: string): HearthworkError =>
  new HearthworkError({ code: "feed/refused", message: `it said: ${plain(why)}`, retry: "later" });

/** An answer's JSON as a value of `schema`. @throws {HearthworkError} `feed/garbage`. */
export function readJson<S extends z.ZodType>(text: string, schema: S): z.output<S> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw garbage(`no JSON: ${plain(text)}`);
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw garbage(`${issue?.path.map(String).join(".") || "the whole"}: ${issue?.message ?? "unexpected"}`);
}

/** ISO 8601 with its offset. @throws {HearthworkError} `feed/garbage`. */
export function instantOf(text: string): Instant {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(ms)) throw garbage(`"${plain(text)}" is no time with its offset`);
  return Instant(ms);
}

/** Epoch milliseconds between 2000 and 2100. @throws {HearthworkError} `feed/garbage`. */
export function epochOf(ms: number): Instant {
  if (ms >= 946_684_800_000 && ms <= 4_102_444_800_000) return Instant(ms);
  throw garbage(`${ms} is no time in milliseconds`);
}

/** A price of a kWh from a number of some unit, `micros` millionths each. @throws {HearthworkError} `feed/garbage`. */
export function priceOf(amount: number, micros: number): Micros {
  const value = Math.round(amount * micros);
  if (Number.isFinite(value) && Math.abs(value) <= dearest) return Micros(BigInt(value));
  throw garbage(`${amount} is no price`);
}

/** Grams of CO₂ per kWh. @throws {HearthworkError} `feed/garbage`. */
export function gramsOf(value: number): number {
  if (value >= 0 && value <= 3000) return value;
  throw garbage(`${value} is no carbon intensity in g/kWh`);
}

/** Somebody's words, short and in plain characters. */
export const plain = (text: string): string =>
  text
    .slice(0, 400)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 160);
