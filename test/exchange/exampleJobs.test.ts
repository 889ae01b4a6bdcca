import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";
import { afterAll, describe, expect, it } from "vitest";
import { parseYaml } from "../../src/hearth/index.ts";
import { Digest } from "../../src/domain/index.ts";
import { jobFileSchema, judgeModule, maxOutputBytes, taskInput } from "../../src/jobs/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";

const folder = fileURLToPath(new URL("../../data/jobs/", import.meta.url));

describe("an example job", () => {
  it.each([
    ["portfolio-risk", "risk"],
    ["path-tracing", "trace"],
  ])("%s is what its source compiles to, and may run", async (job, name) => {
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
  });
});

describe("path tracing", () => {
  const bytes = readFileSync(`${folder}path-tracing/trace.wasm`);
  const scene = readFileSync(`${folder}path-tracing/scene.txt`, "utf8").replace(/^samples .*/m, "samples 4");
  const runner = wasmRunner();
  afterAll(() => runner.close());

  const render = (task: number, tasks: number, text: string) =>
    runner.run(
      {
        module: { digest: Digest(createHash("sha256").update(bytes).digest("hex")), bytes },
        input: taskInput(task, tasks, Buffer.from(text)),
        memoryMiB: 16,
        limitSeconds: 60,
        maxOutputBytes,
      },
      AbortSignal.timeout(60_000),
      () => {},
    );

  it("renders what its scene tells: the sky above, and what the camera looks at in the middle", async () => {
    const [top, middle] = await Promise.all([render(0, 72, scene), render(2, 72, scene)]);
    if (top.kind !== "output" || middle.kind !== "output") throw new Error("it gives no picture");
    const pixel = ({ output }: { readonly output: Uint8Array }, row: number, column: number) =>
      [...output.subarray((row * 256 + column) * 3)].slice(0, 3);
    const [skyRed = 0, , skyBlue = 0] = pixel(top, 0, 200);
    expect(Math.min(skyRed, skyBlue)).toBeGreaterThan(180);
    const [red = 0, , blue = 0] = pixel(middle, 23, 128);
    expect(red).toBeGreaterThan(2 * blue);
  });

  it.each([
    ["that does not fit the job's tasks", 70, scene],
    ["with a word that it does not know", 72, `${scene}\ncube 0 0 0`],
  ])("fails on a scene %s", async (_what, tasks, text) => {
    expect(await render(0, tasks, text)).toMatchObject({ kind: "failed" });
  });
});
