import { isAlias, isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import type { Json } from "../../wire/index.ts";
import { isObject, scalarText } from "./yamlText.ts";

/** Stands for what may be written and never read. */
export const withheld = "(withheld)";

const secretKey = /^(password|passphrase|secret|token|api-?key)$/i;
export const isSecretKey = (key: string): boolean => secretKey.test(key);

interface Secret {
  readonly path: string;
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
}

/** A configuration's text with its passwords withheld. */
export function withoutSecrets(text: string): string {
  return secretsOf(text).reduceRight(
    (soFar, { start, end }) => soFar.slice(0, start) + scalarText(withheld) + soFar.slice(end),
    text,
  );
}

/** The text with each withheld password as `before` has it; one that `before` does not know stays withheld. */
export function withSecretsOf(before: string, text: string): string {
  const known = new Map(secretsOf(before).map(({ path, value }) => [path, value]));
  return secretsOf(text).reduceRight((soFar, { path, value, start, end }) => {
    if (value !== withheld || !known.has(path)) return soFar;
    return soFar.slice(0, start) + scalarText(known.get(path) as Json) + soFar.slice(end);
  }, text);
}

/** A plain value with its passwords withheld. */
export function entryWithoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => entryWithoutSecrets(item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const isSecret = isSecretKey(key) && item !== null && !isObject(item);
    return [key, isSecret ? withheld : entryWithoutSecrets(item)] as const;
  });
  return Object.fromEntries(entries);
}

/** In the order of the text. Entries of lists are known by their id where they have one, so that they may move. */
function secretsOf(text: string): readonly Secret[] {
  const secrets: Secret[] = [];
  const look = (node: unknown, path: string, key: string | undefined): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : "";
        look(pair.value, `${path}/${name}`, name);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        const id: unknown = isMap(item) ? (item.get("id") ?? item.get("url")) : undefined;
        look(item, `${path}/${typeof id === "string" ? id : index}`, key);
      });
    } else if (isScalar(node) && !isAlias(node) && key !== undefined && isSecretKey(key)) {
      const [start, end] = rangeOf(text, node);
      if (node.value !== null && end > start) secrets.push({ path, value: node.value, start, end });
    }
  };
  const document = parseDocument(text, { logLevel: "error" });
  look(document.contents, "", undefined);
  return secrets.toSorted((one, other) => one.start - other.start);
}

/** Without the line's break that ends a block of text. */
function rangeOf(text: string, node: Scalar): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, start + text.slice(start, end).trimEnd().length];
}
