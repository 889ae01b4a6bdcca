import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { HearthworkError } from "../../domain/index.ts";
import type { Json } from "../../wire/index.ts";
import { blockText, flowText, itemText, scalarText } from "./yamlText.ts";

/** A key of a section, or the index of an entry of a list. */
export type Step = string | number;

const longestLine = 120;

type Collection = YAMLMap | YAMLSeq;

/** Puts a value at a path and creates what is missing on the way; `insert` makes room for it in its list. */
export function putIn(
  text: string,
  path: readonly Step[],
  value: Json,
  how: "replace" | "insert" = "replace",
): string {
  const { nodes, eol } = walk(text, path);
  const [step, outer] = [path.at(-1), path.slice(0, -1)];
  if (step === undefined) throw uneditable("the whole file");
  const parent = nodes[path.length - 1];
  if (
    !parent ||
    !isCollection(parent) ||
    (parent.items.length === 0 && !isInFlow(nodes.slice(0, path.length - 1)))
  ) {
    if (outer.length > 0) return putIn(text, outer, typeof step === "number" ? [value] : { [step]: value });
    const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    return `${before}${scalarText(step)}:${blockText(value, 0)}\n`.replaceAll(/\r?\n/g, eol);
  }
  const existing = nodes[path.length];
  const edited =
    existing && how === "replace"
      ? replaceAt(text, parent, step, existing, value)
      : insertInto(text, parent, step, value);
  return edited.replaceAll(/\r?\n/g, eol);
}

/** Takes out what is at a path, with the comment that stands right above it; a section that it leaves empty too. */
export function removeIn(text: string, path: readonly Step[]): string {
  const { nodes } = walk(text, path);
  const [step, outer] = [path.at(-1), path.slice(0, -1)];
  const parent = nodes[path.length - 1];
  if (step === undefined || !parent || !isCollection(parent) || !nodes[path.length]) return text;
  if (parent.items.length === 1 && isSeq(parent)) return putIn(text, outer, []);
  if (parent.items.length === 1 && !parent.flow && outer.length > 0) return putIn(text, outer, {});
  const index = indexOf(parent, step);
  const item = parent.items[index];
  if (parent.flow) {
    const [before, after] = [parent.items[index - 1], parent.items[index + 1]];
    if (before) return splice(text, endOf(before), endOf(item), "");
    return splice(text, startOf(item), after ? startOf(after) : endOf(item), "");
  }
  const next = parent.items[index + 1];
  // The first key of an entry stands behind the dash.
  if (next && isMap(parent) && /-\s*$/.test(lineUpTo(text, startOf(item)))) {
    return splice(text, startOf(item), startOf(next), "");
  }
  return splice(text, startOfLines(text, startOf(item)), endOfLine(text, endOf(item)), "");
}

/** The nodes on the way: the root, then one a step; undefined from where the way ends. */
function walk(text: string, path: readonly Step[]) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error" });
  const nodes: (Node | undefined)[] = [document.contents ?? undefined];
  for (const step of path) {
    const node = nodes.at(-1);
    if (isAlias(node)) {
      throw uneditable(
        `line ${lines.linePos(node.range?.[0] ?? 0).line}, which repeats another place (*${node.source}),`,
      );
    }
    const item: unknown = isCollection(node) ? node.items[indexOf(node, step)] : undefined;
    const next = isPair(item) ? item.value : item;
    nodes.push(isNode(next) ? next : undefined);
  }
  return { nodes, eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

function indexOf(collection: Collection, step: Step): number {
  if (isSeq(collection)) return typeof step === "number" ? step : -1;
  return collection.items.findIndex(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function replaceAt(text: string, parent: Collection, step: Step, existing: Node, value: Json): string {
  const [start = 0] = existing.range ?? [];
  const item: unknown = parent.items[indexOf(parent, step)];
  // A block of text ends with its line's break, which stays.
  const end = endOf(existing) - (/\r?\n$/.exec(text.slice(start, endOf(existing)))?.[0].length ?? 0);
  const wasInline = isInFlow([existing]) && isCollection(existing) && existing.items.length > 0;
  if (isInFlow([parent]) || (wasInline && flowText(value).length <= longestLine)) {
    return splice(text, start, end, flowText(value));
  }
  if (isSeq(parent)) return splice(text, start, end, itemText(value, columnOf(text, start)));
  const key = isPair(item) && isNode(item.key) ? item.key : undefined;
  const from = key?.range?.[1] ?? start;
  const isEmpty = start === end;
  const keyEnd = text.indexOf(":", from) + 1;
  const written = blockText(value, columnOf(text, key?.range?.[0] ?? start));
  // Between the colon and a scalar may stand what belongs to it: spaces that align it, a tag.
  if (!isEmpty && isScalar(existing) && !written.startsWith("\n")) {
    return splice(text, start, end, written.trimStart());
  }
  return splice(text, keyEnd, Math.max(keyEnd, end), written);
}

const isInFlow = (nodes: readonly unknown[]) => nodes.some((node) => isCollection(node) && node.flow);

function insertInto(text: string, parent: Collection, step: Step, value: Json): string {
  const at = isSeq(parent) && typeof step === "number" ? step : parent.items.length;
  const before = parent.items[Math.min(at, parent.items.length) - 1];
  const next = parent.items[at];
  if (parent.flow) {
    const written = isSeq(parent) ? flowText(value) : `${scalarText(step)}: ${flowText(value)}`;
    if (next) return splice(text, startOf(next), startOf(next), `${written}, `);
    if (before) return splice(text, endOf(before), endOf(before), `, ${written}`);
    const open = (parent.range?.[0] ?? 0) + 1;
    return splice(text, open, open, isSeq(parent) ? written : ` ${written} `);
  }
  const column = columnOf(text, startOf(parent.items[0]));
  const written = isSeq(parent)
    ? `- ${itemText(value, dashColumn(text, parent) + 2)}`
    : `${scalarText(step)}:${blockText(value, column)}`;
  const pad = " ".repeat(isSeq(parent) ? dashColumn(text, parent) : column);
  if (before === undefined) {
    const start = dashOffset(text, parent);
    return splice(text, start, start, `${written}\n${pad}`);
  }
  const end = endOfLine(text, endOf(before));
  const hasBreak = text[end - 1] === "\n";
  return splice(text, end, end, `${hasBreak ? "" : "\n"}${pad}${written}\n`);
}

const dashOffset = (text: string, list: YAMLSeq) => text.lastIndexOf("-", startOf(list.items[0]));
const dashColumn = (text: string, list: YAMLSeq) => columnOf(text, dashOffset(text, list));

const splice = (text: string, start: number, end: number, by: string) =>
  text.slice(0, start) + by + text.slice(end);

const columnOf = (text: string, offset: number) => offset - (text.lastIndexOf("\n", offset - 1) + 1);

function startOf(item: unknown): number {
  const node = isPair(item) ? item.key : item;
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Where the last character of an item's own text ends, without comments and blank lines behind it. */
function endOf(item: unknown): number {
  if (isPair(item))
    return isNode(item.value) ? Math.max(endOf(item.value), endOf(item.key)) : endOf(item.key);
  if (!isNode(item)) return 0;
  if (isCollection(item) && !item.flow && item.items.length > 0) return endOf(item.items.at(-1));
  return item.range?.[1] ?? 0;
}

/** Behind the line break of the line in which `offset` is; where that is a line's very start, right there. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

const lineUpTo = (text: string, offset: number) => text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);

/** Where the lines of an item begin: its own and those of the comment right above it. */
function startOfLines(text: string, offset: number): number {
  const lead = lineUpTo(text, offset);
  if (!/^ *(- +)?$/.test(lead)) throw uneditable("an entry that shares its line with another");
  const comment = `${lead.replace(/-.*$/, "")}#`;
  let start = offset - lead.length;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!text.startsWith(comment, above)) break;
    start = above;
  }
  return start;
}

const uneditable = (what: string) =>
  new HearthworkError({
    code: "config/uneditable",
    message: `${what} cannot be changed as the file is written; change it by hand`,
    data: {},
  });
