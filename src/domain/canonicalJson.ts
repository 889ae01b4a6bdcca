import { HearthworkError } from "./errors.ts";

/**
 * The one text of a JSON value (RFC 8785): no white space, members sorted by their names' UTF-16 units, numbers and
 * texts as ECMAScript writes them. Members that are
 * undefined are left out, as `JSON.stringify` does.
 * @throws {HearthworkError} `json/not-canonical` for NaN and infinities, for texts that are no Unicode, and for what JSON cannot hold
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw notCanonical(String(value));
  }
  if (typeof value === "string") {
    if (value.isWellFormed()) return JSON.stringify(value);
    throw notCanonical(JSON.stringify(value));
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join()}]`;
  if (typeof value !== "object") throw notCanonical(typeof value);
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${canonicalJson(name)}:${canonicalJson(item)}`);
  return `{${members.join()}}`;
}

const notCanonical = (what: string) =>
  new HearthworkError({
    code: "json/not-canonical",
    message: `${what.slice(0, 80)} has no place in JSON that is signed`,
  });
