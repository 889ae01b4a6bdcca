import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { House } from "./findBreaches.ts";

/** The modules and the dependencies of a checkout. */
export function readHouse(root: string): House {
  const tree = new Map<string, string>();
  for (const folder of ["src", "web", "test"]) {
    const top = join(root, folder);
    if (!existsSync(top)) continue;
    for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const named = relative(root, path).split(sep).join("/");
      if (!entry.isFile() || !/\.[cm]?[jt]sx?$/.test(named) || named.includes("node_modules/")) continue;
      tree.set(named, readFileSync(path, "utf8"));
    }
  }
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return { tree, dependencies: Object.keys(manifest.dependencies) };
}
