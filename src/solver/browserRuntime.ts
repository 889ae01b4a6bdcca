import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of what a page's solver loads, for whoever serves pages. */
export const browserRuntime = {
  folder: dirname(fileURLToPath(import.meta.resolve("highs/runtime"))),
  file: "highs.wasm",
} as const;
