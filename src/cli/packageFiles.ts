import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const manifestSchema = z.object({ version: z.string() });

/** Path of something that the package ships, both from its sources and from what was built of them. */
export function packagePath(path: string): string {
  const root = ["../../", "../../../"]
    .map((up) => new URL(up, import.meta.url))
    .find((folder) => existsSync(new URL("package.json", folder)));
  if (!root) throw new Error("package.json is missing; install hearthwork again");
  return fileURLToPath(new URL(path, root));
}

/** The program's version, from the package it runs from. */
export const packageVersion = (): string =>
  manifestSchema.parse(JSON.parse(readFileSync(packagePath("package.json"), "utf8"))).version;
