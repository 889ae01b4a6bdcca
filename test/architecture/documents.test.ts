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

  it("name for every hazard of the safety page its barrier and the tests that inject it", () => {
    const page = readFileSync(join(root, "docs/guide/safety.md"), "utf8");
    const rows = [...page.matchAll(/^\| (?!hazard \|)(.+) \|$/gm)].map(([, row = ""]) => row.split(" | "));
    expect(rows.length).toBeGreaterThan(30);
    const weak = rows.filter(([hazard = "", barrier = "", tests = "", ...more]) => {
      const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
      const isWhole = hazard !== "" && barrier !== "" && files.length > 0 && more.length === 0;
      return !isWhole || files.some((file) => !file.endsWith(".test.ts") || !existsSync(join(root, file)));
    });
    expect(weak).toEqual([]);
  });
});
