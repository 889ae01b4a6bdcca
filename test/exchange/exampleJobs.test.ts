import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../../src/hearth/index.ts";
import { jobFileSchema, judgeModule } from "../../src/jobs/index.ts";

const folder = fileURLToPath(new URL("../../data/jobs/", import.meta.url));

describe("an example job", () => {
  it.each([["portfolio-risk", "risk"]])(
    "%s is what its source compiles to, and may run",
    async (job, name) => {
      let built: Uint8Array | undefined;
      const { error } = await main(
        [
          `${job}/${name}.ts`,
          "-o",
          "out.wasm",
          "--runtime",
          "stub",
          "--use",
          "abort=",
          "--maximumMemory",
          "256",
          "-O3",
        ],
        {
          readFile: (path, base) => {
            try {
              return readFileSync(fileURLToPath(new URL(path, `file://${folder}${base}/`)), "utf8");
            } catch {
              return null;
            }
          },
          writeFile: (_path, contents) => void (built = Buffer.from(contents)),
          listFiles: () => [],
        },
      );
      expect(error).toBeNull();
      const shipped = readFileSync(`${folder}${job}/${name}.wasm`);
      expect(Buffer.from(built ?? []).equals(shipped)).toBe(true);
      expect(judgeModule(shipped)).toEqual({ kind: "sound", maxMemoryMiB: 16 });
      const file = parseYaml(readFileSync(`${folder}${job}/job.yaml`, "utf8"), "job.yaml", jobFileSchema);
      expect(file.module).toBe(`${name}.wasm`);
    },
  );
});
