const deepest = 32;
const blank = /[\s\p{Cc}]*/uy;
const separators = /[\s\p{Cc},]*/uy;
const number = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const halfNumber = /[\d.eE+-]*/y;
const endsValue = /[\s\p{Cc},:}\]{["]/u;
const word = /[-+]?[A-Za-z]+/y;
/** A key whose first quote was lost, or doubled and so taken for an empty string. */
const unopened = /([\w .%/-]{1,64})"/y;
const halfKey = /"?[^":{}[\],]{0,64}"?\s*/y;
const noNumbers = new Set(["nan", "inf", "infinity"]);

/** The text ended in the middle of a value. */
const cut = Symbol("cut");
class Nonsense extends Error {}

/**
 * Reads JSON with the damage that firmware of the cgminer family does to it: commas that are missing, doubled or lead;
 * two objects without anything between them; a doubled or lost quote before a key; bare `inf` and `nan`, which become
 * null; control characters; a lost first brace; a tail that was cut off, of which nothing half-read is kept but whole
 * `Key[value]` pairs. Undefined when it is damaged in any other way. Never throws.
 */
export function parseDamagedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Damaged, or nonsense.
  }
  try {
    return readRoots(text);
  } catch (thrown) {
    if (thrown instanceof Nonsense) return undefined;
    throw thrown;
  }
}

function readRoots(text: string): unknown {
  let at = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  const isOver = () => at >= text.length;

  function value(depth: number): unknown {
    if (depth > deepest) throw new Nonsense();
    take(blank);
    if (isOver()) return cut;
    switch (text[at]) {
      case "{":
        at += 1;
        return members(depth);
      case "[":
        at += 1;
        return items(depth);
      case '"':
        return string();
      default:
        return numberOrWord();
    }
  }

  function numberOrWord(): unknown {
    const digits = take(number);
    if (digits) {
      if (take(halfNumber) && isOver()) return cut;
      if (!isOver() && !endsValue.test(text[at] ?? "")) throw new Nonsense();
      return Number(digits[0]);
    }
    const letters = take(word)?.[0].toLowerCase();
    if (letters === undefined) throw new Nonsense();
    if (isOver()) return cut;
    if (letters === "true" || letters === "false") return letters === "true";
    if (letters === "null" || noNumbers.has(letters.replace(/^[-+]/, ""))) return null;
    throw new Nonsense();
  }

  function string(): unknown {
    at += 1;
    const start = at;
    while (!isOver() && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    const raw = text.slice(start, at);
    if (isOver()) {
      const whole = raw.lastIndexOf("]");
      return whole < 0 ? cut : unescaped(raw.slice(0, whole + 1));
    }
    at += 1;
    return unescaped(raw);
  }

  function key(): string {
    const start = at;
    const name = text[at] === '"' ? string() : take(unopened)?.[1];
    if (name === "" && take(unopened)) return text.slice(start + 2, at - 1);
    if (typeof name !== "string") throw new Nonsense();
    return name;
  }

  function members(depth: number): Readonly<Record<string, unknown>> {
    const entries: [string, unknown][] = [];
    for (;;) {
      take(separators);
      if (isOver()) break;
      if (text[at] === "}") {
        at += 1;
        break;
      }
      const name = keyOrCut();
      if (name === undefined) break;
      const read = value(depth + 1);
      if (read === cut) break;
      entries.push([name, read]);
    }
    return Object.fromEntries(entries);
  }

  /** With the colon behind it; undefined where the text ends before that. */
  function keyOrCut(): string | undefined {
    const start = at;
    if (take(halfKey) && isOver()) return undefined;
    at = start;
    const name = key();
    take(blank);
    if (text[at] !== ":") throw new Nonsense();
    at += 1;
    return name;
  }

  function items(depth: number): readonly unknown[] {
    const list: unknown[] = [];
    for (;;) {
      take(separators);
      if (isOver()) return list;
      if (text[at] === "]") {
        at += 1;
        return list;
      }
      const read = value(depth + 1);
      if (read === cut) return list;
      list.push(read);
    }
  }

  take(separators);
  if (text[at] === "[") return value(0);
  let roots = {};
  while (!isOver()) {
    if (text[at] === "{") at += 1;
    else if (text[at] !== '"') throw new Nonsense();
    roots = { ...members(0), ...roots };
    take(separators);
  }
  return Object.keys(roots).length > 0 ? roots : undefined;
}

function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (plain[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const plain: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
