import { isDeepStrictEqual } from "node:util";
import { parseDocument } from "yaml";
import { HearthworkError } from "../../domain/index.ts";
import type { Json } from "../../wire/index.ts";
import { type Step, putIn, removeIn } from "./spliceYaml.ts";
import { isObject } from "./yamlText.ts";

export interface YamlEdit {
  readonly path: readonly Step[];
  /** Sections are merged key by key, where null takes a key out; anything else is replaced. Undefined removes. */
  readonly value: Json | undefined;
}

/**
 * A YAML text with some of its values changed. All else, comments, order, spacing and quotes, stays to the letter.
 * @throws {HearthworkError} `config/uneditable` where the text is written so that a change here would change more.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  return edits.reduce((before, { path, value }) => {
    const after = value === undefined ? removeIn(before, path) : merge(before, path, value);
    const plain: unknown = plainOf(before);
    if (!isDeepStrictEqual(plainOf(after), changed(plain, path, value))) {
      throw new HearthworkError({
        code: "config/uneditable",
        message: `${path.join(".")} cannot be changed without changing more, as the file is written; change it by hand`,
        data: { key: path.join(".") },
      });
    }
    return after;
  }, text);
}

export const plainOf = (text: string): unknown =>
  parseDocument(text, { logLevel: "error" }).toJS() as unknown;

const valueAt = (plain: unknown, path: readonly Step[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (value === null || value === undefined ? undefined : Reflect.get(Object(value), step)),
    plain,
  );

function merge(text: string, path: readonly Step[], value: Json): string {
  const before = valueAt(plainOf(text), path);
  if (isDeepStrictEqual(before, value)) return text;
  if (isObject(value) && isObject(before)) {
    return Object.entries(value).reduce((soFar, [key, next]) => {
      if (next === null) return key in before ? removeIn(soFar, [...path, key]) : soFar;
      return merge(soFar, [...path, key], next);
    }, text);
  }
  if (Array.isArray(value) && Array.isArray(before) && value.length > 0 && before.length > 0) {
    return replaceList(text, path, before as Json[], value as Json[]);
  }
  return putIn(text, path, withoutNulls(value));
}

/** Entries that stay the same keep their lines; the others are written anew. */
function replaceList(
  text: string,
  path: readonly Step[],
  before: readonly Json[],
  after: readonly Json[],
): string {
  if (before.length === after.length) {
    return after.reduce<string>(
      (soFar, item, index) => replaceEntry(soFar, [...path, index], before[index], item),
      text,
    );
  }
  const current = [...before];
  let result = text;
  after.forEach((item, index) => {
    const found = current.findIndex((one, at) => at >= index && isDeepStrictEqual(one, item));
    if (found < 0) {
      result = putIn(result, [...path, index], item, "insert");
      current.splice(index, 0, item);
      return;
    }
    for (let at = found - 1; at >= index; at--) {
      result = removeIn(result, [...path, at]);
      current.splice(at, 1);
    }
  });
  for (let at = current.length - 1; at >= after.length; at--) result = removeIn(result, [...path, at]);
  return result;
}

function replaceEntry(text: string, path: readonly Step[], before: Json | undefined, after: Json): string {
  if (!isObject(before) || !isObject(after)) {
    return isDeepStrictEqual(before, after) ? text : putIn(text, path, after);
  }
  const gone = Object.fromEntries(Object.keys(before).map((key) => [key, null] as const));
  return merge(text, path, { ...gone, ...after });
}

/** What an edit means, apart from how the text is written. */
function changed(plain: unknown, path: readonly Step[], value: Json | undefined): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return merged(plain, value);
  if (Array.isArray(plain)) {
    const items: unknown[] = [...(plain as unknown[])];
    if (rest.length === 0 && value === undefined) items.splice(Number(step), 1);
    else items[Number(step)] = changed(items[Number(step)], rest, value);
    return items;
  }
  const section = isObject(plain) ? { ...plain } : {};
  if (rest.length === 0 && value === undefined) {
    delete section[String(step)];
    return section;
  }
  return { ...section, [step]: changed(section[String(step)], rest, value) };
}

function merged(before: unknown, value: Json | undefined): unknown {
  if (!isObject(value)) return value;
  const section: Record<string, unknown> = isObject(before) ? { ...before } : {};
  for (const [key, next] of Object.entries(value)) {
    if (next === null) delete section[key];
    else section[key] = merged(section[key], next);
  }
  return section;
}

function withoutNulls(value: Json): Json {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]));
}
