import { garbage } from "./answers.ts";

/** An element without its prefix; text and attributes that nobody asked for are left out. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const deepest = 20;
const mostElements = 100_000;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/**
 * The elements of an XML document without a document type. Bounded in depth and number; it knows XML's own entities and
 * none else.
 * @throws {HearthworkError} `feed/garbage`.
 */
export function readXml(document: string): XmlElement {
  const top: Open = { name: "", text: "", children: [] };
  const open: Open[] = [top];
  let count = 0;
  let at = 0;
  while (at < document.length) {
    const current = open.at(-1) ?? top;
    const start = document.indexOf("<", at);
    if (start < 0) break;
    if (open.length > 1) current.text += document.slice(at, start);
    const tag = tagAt(document, start);
    at = tag.end;
    if (tag.kind === "open") {
      count += 1;
      if (count > mostElements || open.length > deepest) throw garbage("its XML is too large");
      open.push({ name: tag.name, text: "", children: [] });
    }
    if (tag.kind === "text") current.text += tag.text;
    if (tag.kind === "close" || tag.isEmpty) {
      const closed = open.pop();
      if (!closed || closed === top || closed.name !== tag.name) throw garbage("its XML is not well formed");
      open.at(-1)?.children.push({ ...closed, text: decoded(closed.text).trim() });
    }
  }
  const [root] = top.children;
  if (!root || open.length > 1) throw garbage("it is no whole XML document");
  return root;
}

interface Tag {
  readonly kind: "open" | "close" | "text" | "other";
  readonly name: string;
  readonly text: string;
  readonly isEmpty: boolean;
  readonly end: number;
}

function tagAt(document: string, start: number): Tag {
  const until = (mark: string, kind: "text" | "other", skip: number): Tag => {
    const found = document.indexOf(mark, start + skip);
    if (found < 0) throw garbage("its XML is cut off");
    return {
      kind,
      name: "",
      text: document.slice(start + skip, found),
      isEmpty: false,
      end: found + mark.length,
    };
  };
  if (document.startsWith("<!--", start)) return until("-->", "other", 4);
  if (document.startsWith("<![CDATA[", start)) return until("]]>", "text", 9);
  if (document.startsWith("<?", start)) return until("?>", "other", 2);
  if (document.startsWith("<!", start)) throw garbage("its XML has a document type");
  const end = document.indexOf(">", start);
  const match = /^<(\/?)(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?:\s[^<]*)?(?:\/)?$/.exec(document.slice(start, end));
  if (end < 0 || !match) throw garbage("its XML is not well formed");
  const kind = match[1] === "/" ? "close" : "open";
  return { kind, name: match[2] ?? "", text: "", isEmpty: document[end - 1] === "/", end: end + 1 };
}

const decoded = (text: string): string =>
  text.replace(/&(\w{2,4});/g, (whole, name: string) => entities[name] ?? whole);

export const childrenOf = ({ children }: XmlElement, name: string): readonly XmlElement[] =>
  children.filter((child) => child.name === name);

/** The text of the first element of a path; undefined where there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found?.text;
}
