/** What a string like `Ver[Q-25052801] PS[0 1222 4] 'STATS':{SYSTEMSTATU[Work: In Idle]}` says, by its keys. */
export type Bracketed = ReadonlyMap<string, string>;

const pair = /([A-Za-z][\w .]{0,40}?) ?\[([^\][]*)\]/g;
const mostPairs = 1000;

/** Reads `Key[value]` pairs; of a key that comes twice the first counts. What is no whole pair is passed over. */
export function readBracketed(text: string): Bracketed {
  const found = new Map<string, string>();
  for (const [, key = "", value = ""] of text.matchAll(pair)) {
    if (!found.has(key)) found.set(key, value.trim());
    if (found.size >= mostPairs) break;
  }
  return found;
}

/** The numbers of a value, in their order; what is none among them is undefined. */
export function numbersIn(from: Bracketed, key: string): readonly (number | undefined)[] {
  const text = from.get(key) ?? "";
  return text === "" ? [] : text.split(/[\s]+/).map(numberOf);
}

export const numberAt = (from: Bracketed, key: string, index = 0): number | undefined =>
  numbersIn(from, key)[index];

function numberOf(text: string): number | undefined {
  const value = Number(text.replace(/%$/, ""));
  return text !== "" && Number.isFinite(value) ? value : undefined;
}
