import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseYaml, siteConfigSchema } from "../../src/hearth/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const documents = globSync(["*.md", "docs/**/*.md"], { cwd: root }).toSorted();

/** Paths of the checkout that a text names in code spans, and targets of its links, from the root. */
function namedPaths(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8").replaceAll(/^```.*?^```/gms, "");
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(document), target));
  const spans = [...text.matchAll(/`((?:src|web|test|perf|docs|scripts|bin|\.ci)\/[\w./-]*)`/g)].map(
    ([, path = ""]) => path,
  );
  return [...links, ...spans].filter((path) => !/NAME|NNNN/.test(path));
}

describe("the documents", () => {
  it("are there", () => {
    expect(documents).toEqual(
      expect.arrayContaining(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]),
    );
    expect(documents.flatMap((document) => namedPaths(document)).length).toBeGreaterThan(50);
  });

  it("show a hearth.yaml that is right", () => {
    const [, indent = "", yaml = ""] =
      /^( *)```yaml\n(.*?)^ *```/ms.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
    const config = parseYaml(
      yaml.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      "README.md",
      siteConfigSchema,
    );
    expect(config.heaters.map(({ ours }) => ours.sink)).toEqual(["living-room"]);
  });

  it.each(documents)("%s names only what exists", (document) => {
    const missing = namedPaths(document).filter((path) => {
      const isThere = existsSync(join(root, path));
      return !isThere || (path.endsWith("/") && !statSync(join(root, path)).isDirectory());
    });
    expect(missing).toEqual([]);
  });
});
