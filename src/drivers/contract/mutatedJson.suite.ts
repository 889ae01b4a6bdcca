import * as fc from "fast-check";

const leaf = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.string(),
  fc.constantFrom<unknown>(null, true, false, -1, 0, 1e308, "NaN", "12", [], {}, [[]], { watt: -5 }),
  fc.jsonValue({ maxDepth: 1 }),
);

interface Change {
  readonly at: number;
  readonly how: "replace" | "remove" | "repeat";
  readonly leaf: unknown;
}

/** A document with some of its parts replaced, removed or repeated, as a device of another make or mind would send it. */
export function mutatedJson(document: unknown): fc.Arbitrary<unknown> {
  const change: fc.Arbitrary<Change> = fc.record({
    at: fc.nat(10_000),
    how: fc.constantFrom("replace", "remove", "repeat"),
    leaf,
  });
  return fc
    .array(change, { maxLength: 4 })
    .map((changes) => changes.reduce<unknown>(changed, structuredClone(document)));
}

function changed(document: unknown, { at, how, ...change }: Change): unknown {
  // A leaf that is an object may be drawn twice, and must not end up inside itself.
  const leaf = structuredClone(change.leaf);
  const places = placesOf(document);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return leaf;
  const { parent, key } = place;
  if (Array.isArray(parent)) {
    const index = Number(key);
    if (how === "replace") parent[index] = leaf;
    else if (how === "remove") parent.splice(index, 1);
    else parent.push(structuredClone(parent[index]));
    return document;
  }
  if (how === "replace") parent[key] = leaf;
  else if (how === "remove") delete parent[key];
  else parent[`${key}_`] = structuredClone(parent[key]);
  return document;
}

interface Place {
  readonly parent: Record<string, unknown> | unknown[];
  readonly key: string;
}

function placesOf(document: unknown): Place[] {
  if (typeof document !== "object" || document === null) return [];
  const parent = document as Place["parent"];
  return Object.entries(document).flatMap(([key, value]) => [{ parent, key }, ...placesOf(value)]);
}
