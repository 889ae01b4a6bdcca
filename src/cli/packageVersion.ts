import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const manifestSchema = z.object({ version: z.string() });

/** The program's version, from the package it runs from. */
export function packageVersion(): string {
  const places = ["../../package.json", "../../../package.json"].map(
    (path) => new URL(path, import.meta.url),
  );
  const manifest = places.find((place) => existsSync(place));
  if (!manifest) throw new Error("package.json is missing; install hearthwork again");
  return manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}
