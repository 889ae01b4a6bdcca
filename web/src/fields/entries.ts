import type { Entry, Field, Json } from "../api.ts";

/** What the hearth tells in place of a password. */
export const withheld = "(withheld)";

export const isEntry = (value: Json | undefined): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The entries of a list of hearth.yaml; none where it says none. */
export function entriesOf(settings: Entry | null, list: "sinks" | "heaters"): readonly Entry[] {
  const entries = settings?.[list];
  return Array.isArray(entries) ? entries.filter((one): one is Entry => isEntry(one as Json)) : [];
}

/** With a key set, or left out when the value is undefined. */
export function withKey(entry: Entry, key: string, value: Json | undefined): Entry {
  const { [key]: _, ...others } = entry;
  return value === undefined ? others : { ...entry, [key]: value };
}

/** What turns one entry into another, as the hearth takes it: sections key by key, null for what is taken out. */
export function changesOf(before: Entry, after: Entry): Entry {
  const changes: Record<string, Json> = {};
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (JSON.stringify(old) === JSON.stringify(value)) continue;
    changes[key] = isEntry(old) && isEntry(value) ? changesOf(old, value) : value;
  }
  for (const key of Object.keys(before)) if (!(key in after)) changes[key] = null;
  return changes;
}

/** An entry with such changes made to it. */
export function changed(before: Entry, changes: Entry): Entry {
  const after: Record<string, Json> = { ...before };
  for (const [key, value] of Object.entries(changes)) {
    const old = before[key];
    if (value === null) delete after[key];
    else after[key] = isEntry(old) && isEntry(value) ? changed(old, value) : value;
  }
  return after;
}

/** What has to be filled in before an entry can be meant: the labels' keys, "pools.url" for a nested one. */
export function missingIn(fields: readonly Field[], entry: Entry): string[] {
  return fields.flatMap(({ key, kind, required, fields: inner }) => {
    const value = entry[key];
    const isEmpty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    if (isEmpty) return required ? [key] : [];
    if (kind === "section" && isEntry(value)) return missingIn(inner, value).map((name) => `${key}.${name}`);
    const [item] = inner;
    if (kind !== "list" || item?.kind !== "section" || !Array.isArray(value)) return [];
    return value.flatMap((one) =>
      isEntry(one as Json) ? missingIn(item.fields, one as Entry).map((name) => `${key}.${name}`) : [],
    );
  });
}
