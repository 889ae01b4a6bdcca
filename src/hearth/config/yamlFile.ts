import {
  LineCounter,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  type Document,
  type Node,
  type YAMLParseError,
} from "yaml";
import { z } from "zod";
import { HearthworkError } from "../../domain/index.ts";
import { isObject } from "./yamlText.ts";

/** One thing that is wrong in a file. */
export interface Misconfiguration {
  readonly line: number;
  /** Like `heaters[0].pools[0].url`; empty when the whole file is meant. */
  readonly key: string;
  readonly message: string;
  /** The site would not be safe so. */
  readonly unsafe?: true;
}

export const maxConfigLength = 256 * 1024;
const maxNamed = 20;

/**
 * A YAML file's text as a value of `schema`.
 * @throws {HearthworkError} `config/invalid`, or `site/unsafe` where all is right but not safe, whose message names file, line, key and what is allowed, one line each.
 */
export function parseYaml<S extends z.ZodType>(text: string, file: string, schema: S): z.output<S> {
  const { value, problems } = checkYaml(text, schema);
  if (problems.length > 0) throw invalid(file, problems);
  return value as z.output<S>;
}

/** What is right or wrong with a YAML text; `plain` is what it says before the schema looks at it. */
export interface CheckedYaml<Value> {
  /** Undefined when there are problems. */
  readonly value: Value | undefined;
  /** Undefined when it is no valid YAML. */
  readonly plain: unknown;
  readonly problems: readonly Misconfiguration[];
}

export function checkYaml<S extends z.ZodType>(text: string, schema: S): CheckedYaml<z.output<S>> {
  const wrong = (problems: readonly Misconfiguration[], plain?: unknown) => ({
    value: undefined,
    plain,
    problems,
  });
  if (text.length > maxConfigLength) {
    return wrong([{ line: 1, key: "", message: `longer than ${maxConfigLength / 1024} KiB` }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: "error",
  });
  if (document.errors.length > 0) {
    return wrong(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        key: "",
        message: yamlFault(error),
      })),
    );
  }
  if (document.contents === null) {
    const message = "is empty; write the sections site, sinks and heaters, or begin with the guide's example";
    return wrong([{ line: 1, key: "", message }]);
  }
  const plain = plainValue(document);
  if (plain === undefined) {
    return wrong([{ line: 1, key: "", message: "its aliases unfold to too much; write the values out" }]);
  }
  const parsed = schema.safeParse(plain.value, { error: allowedAt });
  if (parsed.success) return { value: parsed.data, plain: plain.value, problems: [] };
  const issues = parsed.error.issues.flatMap((issue) => leavesOf(issue));
  return wrong(
    issues.map((issue) => locate(issue, document, lines)),
    plain.value,
  );
}

function yamlFault({ code, message }: YAMLParseError): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "a second document begins here; a file holds one: remove the line ---, or what follows it";
    case "TAB_AS_INDENT":
      return "a tab indents this line; YAML wants spaces: replace it by two for each level";
    case "DUPLICATE_KEY":
      return "this key is there twice; leave one of them";
    default:
      return `not valid YAML: ${message}`;
  }
}

/** Undefined when its aliases unfold to too much. */
function plainValue(document: Document.Parsed): { value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch {
    return undefined;
  }
}

/** What is thrown for a file that is wrong. */
export function invalid(file: string, problems: readonly Misconfiguration[]): HearthworkError {
  const wrong = problems.slice(0, maxNamed);
  const named = wrong.map(({ line, key, message }) => {
    return `${file}:${line}: ${key === "" ? "" : `${key}: `}${message}`;
  });
  const rest = problems.length - named.length;
  return new HearthworkError({
    code: problems.every(({ unsafe }) => unsafe) ? "site/unsafe" : "config/invalid",
    message: [...named, ...(rest > 0 ? [`… and ${rest} more`] : [])].join("\n"),
    data: {
      file,
      problems: problems.length,
      line: problems[0]?.line ?? 1,
      key: problems[0]?.key ?? "",
      wrong: wrong.map(({ line, key, message }) => ({ line, key, message })),
    },
  });
}

/** Says what is allowed where a schema has no words of its own. */
export const allowedAt = (issue: Parameters<z.core.$ZodErrorMap>[0]): string | undefined => {
  const keys = keysOf(issue.inst);
  switch (issue.code) {
    case "unrecognized_keys":
      return `is no key; allowed here: ${keys ?? "none"}`;
    case "invalid_type": {
      const wanted = keys === undefined ? aOrAn(issue.expected) : `a section with the keys ${keys}`;
      return issue.input === undefined ? `is missing; it must be ${wanted}` : `must be ${wanted}`;
    }
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.join(", ")}`;
    case "too_small":
      return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? `must be one of ${issue.options.join(", ")}`
        : undefined;
    default:
      return undefined;
  }
};

function keysOf(schema: unknown): string | undefined {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape).join(", ") : undefined;
}

const aOrAn = (noun: string) => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

const unitOf = (origin: string) =>
  origin === "string" ? " characters long" : origin === "array" ? " entries long" : "";

export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly params?: unknown;
}

/** Of a union none of whose options fits, the complaints of the option that came closest. */
export function leavesOf(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }));
  }
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const options = issue.errors.map((errors) =>
    errors.flatMap((error) => leavesOf({ ...error, path: [...issue.path, ...error.path] })),
  );
  const depth = (option: readonly Issue[]) => Math.max(...option.map((leaf) => leaf.path.length));
  const deepest = Math.max(...options.map(depth));
  const closest = options.filter((option) => depth(option) === deepest);
  if (closest.length === 1) return closest[0] ?? [issue];
  const messages = new Set(closest.flat().map((leaf) => leaf.message));
  return [{ path: closest[0]?.[0]?.path ?? issue.path, message: [...messages].join(", or ") }];
}

function locate(issue: Issue, document: Document.Parsed, lines: LineCounter): Misconfiguration {
  let node: unknown = document.contents;
  let at: Node | null = isNode(node) ? node : null;
  for (const step of issue.path) {
    const next = childOf(node, step);
    if (!next) break;
    at = next.at;
    node = next.value;
  }
  const offset = at?.range?.[0] ?? 0;
  const { line } = lines.linePos(offset);
  const unsafe = isObject(issue.params) && issue.params["unsafe"] === true;
  return { line, key: keyOf(issue.path), message: issue.message, ...(unsafe ? { unsafe } : {}) };
}

function childOf(node: unknown, step: PropertyKey): { at: Node; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair && isNode(pair.key) ? { at: pair.key, value: pair.value } : undefined;
  }
  const value =
    isNode(node) && "items" in node && Array.isArray(node.items) ? node.items[Number(step)] : null;
  return isNode(value) ? { at: value, value } : undefined;
}

const keyOf = (path: readonly PropertyKey[]) =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
