import { type JsonPath, valueAt } from "./jsonPath.ts";

/** Of what one channel out of several tells as an array, the channel counts from 1. */
export function firstAt(document: unknown, paths: readonly JsonPath[], channel = 1): unknown {
  for (const path of paths) {
    const found = valueAt(document, path);
    const value = Array.isArray(found) ? (found as unknown[])[channel - 1] : found;
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** A finite number, or one written as text. */
export function finiteIn(found: unknown): number | undefined {
  const value = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

const on = new Set<unknown>(["on", "true", "1", "yes"]);
const off = new Set<unknown>(["off", "false", "0", "no"]);

/** A switch's state in any of the usual words. */
export function switchedIn(found: unknown): boolean | undefined {
  const word = typeof found === "string" ? found.toLowerCase() : shown(found);
  return on.has(word) ? true : off.has(word) ? false : undefined;
}

/** What was found, in few and plain characters. */
export function shown(found: unknown): string {
  const text = typeof found === "string" ? found : (JSON.stringify(found) ?? "nothing");
  return text.slice(0, 60).replace(/\p{Cc}/gu, "·");
}
