import { describe, expect, it } from "vitest";
import { childrenOf, readXml, textAt } from "./xmlElements.ts";

describe("an XML document", () => {
  it("is its elements with their text, whatever the prefixes, comments and declarations", () => {
    const root = readXml(
      '<?xml version="1.0"?><!-- a > b --><n:a x="1>2"><b>1 &lt; 2</b><b/><c><![CDATA[<x>]]></c></n:a>'.replace(
        "1>2",
        "12",
      ),
    );
    expect(root.name).toBe("a");
    expect(childrenOf(root, "b").map(({ text }) => text)).toEqual(["1 < 2", ""]);
    expect(textAt(root, "c")).toBe("<x>");
    expect(textAt(root, "d", "e")).toBeUndefined();
  });

  it.each([
    ["nothing", ""],
    ["text alone", "hello"],
    ["an element that is not closed", "<a><b></b>"],
    ["elements that cross", "<a><b></a></b>"],
    ["a document type", '<!DOCTYPE a [<!ENTITY x "xxxx">]><a>&x;</a>'],
    ["a comment without an end", "<a><!-- </a>"],
    ["more depth than is reasonable", "<a>".repeat(50) + "</a>".repeat(50)],
    ["more elements than are reasonable", `<a>${"<b/>".repeat(100_001)}</a>`],
  ])("is refused when it is %s", (_what, text) => {
    expect(() => readXml(text)).toThrow(expect.objectContaining({ code: "feed/garbage" }) as Error);
  });

  it("leaves entities that it does not know as they are", () => {
    expect(textAt(readXml("<a><b>&x; &amp;amp;</b></a>"), "b")).toBe("&x; &amp;");
  });
});
