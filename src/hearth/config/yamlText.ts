import { Document } from "yaml";
import type { Json } from "../../wire/index.ts";

const lineWidth = 72;

/** A value on one line, as people write it: `{ days: [mon, tue], from: "06:30" }`. */
export function flowText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => flowText(item)).join(", ")}]`;
  if (isObject(value)) {
    const pairs = Object.entries(value).map(([key, item]) => `${scalarText(key)}: ${flowText(item)}`);
    return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
  }
  return scalarText(value);
}

/**
 * A value as it stands behind `key:` at `indent` columns: on the same line where it is short, else as a block on
 * the lines below.
 */
export function blockText(value: Json, indent: number): string {
  const oneLine = flowText(value);
  const isCollection = Array.isArray(value) || isObject(value);
  const isShort = indent + oneLine.length <= lineWidth && !isListOfEntries(value);
  if (!isCollection || isShort || oneLine === "[]" || oneLine === "{}") return ` ${oneLine}`;
  const pad = `\n${" ".repeat(indent + 2)}`;
  if (Array.isArray(value)) {
    return value.map((item: Json) => `${pad}- ${itemText(item, indent + 4)}`).join("");
  }
  return Object.entries(value)
    .map(([key, item]) => `${pad}${scalarText(key)}:${blockText(item, indent + 2)}`)
    .join("");
}

/** An entry of a list as it stands behind `- `; its further lines begin at `indent` columns. */
export function itemText(value: Json, indent: number): string {
  if (!isObject(value) || isLeafEntry(value)) return flowText(value);
  const [first = "", ...others] = Object.entries(value).map(
    ([key, item]) => `${scalarText(key)}:${blockText(item, indent)}`,
  );
  return [first, ...others.map((line) => `\n${" ".repeat(indent)}${line}`)].join("");
}

export const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isListOfEntries = (value: Json) => Array.isArray(value) && value.some((item) => isObject(item));

/** Like one line of a schedule: without an id of its own, and short. */
const isLeafEntry = (value: { readonly [key: string]: Json }) =>
  !("id" in value) && flowText(value).length <= lineWidth;

/** A scalar that reads back as itself in any place, also between commas. */
export function scalarText(value: Json): string {
  // Some readers take 06:30 for a number to the base of sixty; what is long or has several lines would be folded.
  const mustBeQuoted = typeof value === "string" && /^\d+(:\d+)+$|\n|^.{60}/.test(value);
  if (mustBeQuoted) return JSON.stringify(value);
  const document = new Document([value]);
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: false, collectionStyle: "flow" })
    .slice(1, -2);
}
