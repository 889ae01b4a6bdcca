import { z } from "zod";

/** Keys and indices from a document's root to a value. */
export type JsonPath = readonly (string | number)[];

const longestPath = 16;
const segment = /\.?([^.[\]"']+)|\[(\d{1,6})\]|\[(?:"([^"]*)"|'([^']*)')\]/y;

/** Reads `temperature`, `$.sensors[0].t` or `["living room"].t`; undefined when the text is no such path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  const path: (string | number)[] = [];
  segment.lastIndex = /^\$(?=[.[]|$)/.test(text) ? 1 : 0;
  if (segment.lastIndex === 0 && text.startsWith(".")) return undefined;
  while (segment.lastIndex < text.length) {
    const start = segment.lastIndex;
    const match = segment.exec(text);
    if (!match) return undefined;
    const [whole, key, index, double, single] = match;
    if (key !== undefined && start > 0 && !whole.startsWith(".")) return undefined;
    path.push(index === undefined ? (key ?? double ?? single ?? "") : Number(index));
  }
  return path.length > longestPath ? undefined : path;
}

/** What lies at the path; undefined when nothing does. Only a document's own keys count. */
export function valueAt(document: unknown, path: JsonPath): unknown {
  let value = document;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** As `parseJsonPath` reads it. */
export const written = (path: JsonPath) =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");

/** A path as hearth.yaml writes it. */
export const jsonPathSchema = z
  .string()
  .min(1)
  .max(256)
  .transform((text, issues): JsonPath => {
    const path = parseJsonPath(text);
    if (path) return path;
    issues.addIssue({
      code: "custom",
      message: `"${text}" is no path; write it like temperature or $.sensors[0].t`,
    });
    return z.NEVER;
  });
