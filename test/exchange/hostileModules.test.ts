import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { Digest } from "../../src/domain/index.ts";
import type { TaskEnd } from "../../src/jobs/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { type TinyModule, tinyModule } from "./tinyModule.ts";

const runner = wasmRunner();
afterAll(() => runner.close());

const never = new AbortController().signal;
const run = (module: TinyModule, limitSeconds = 60, signal = never): Promise<TaskEnd> => {
  const bytes = tinyModule(module);
  const digest = Digest(createHash("sha256").update(bytes).digest("hex"));
  return runner.run(
    {
      module: { digest, bytes },
      input: new Uint8Array(8),
      memoryMiB: 16,
      limitSeconds,
      maxOutputBytes: 1024,
    },
    signal,
    () => {},
  );
};

const loop = [0x03, 0x40, 0x0c, 0, 0x0b];

describe("a module in a process of its own", { timeout: 60_000 }, () => {
  it("ends with what it wrote", async () => {
    expect(await run({})).toMatchObject({ kind: "output", output: new Uint8Array() });
  });

  it("that traps is a bad job, and the next one runs", async () => {
    expect(await run({ code: [0x00] })).toMatchObject({ kind: "failed", failure: "bad-job" });
    expect(await run({})).toMatchObject({ kind: "output" });
  });

  it("that recurses without end is a bad job", async () => {
    expect(await run({ code: [0x10, 0] })).toMatchObject({ kind: "failed", failure: "bad-job" });
  });

  it("that loops is ended at its limit, and the next one runs", async () => {
    await run({});
    const began = performance.now();
    expect(await run({ code: loop }, 1)).toMatchObject({ kind: "failed", failure: "out-of-limits" });
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    expect(await run({})).toMatchObject({ kind: "output" });
  });

  it("that loops is ended when it is not wanted any more", async () => {
    const stop = new AbortController();
    const end = run({ code: loop }, 60, stop.signal);
    stop.abort();
    expect(await end).toMatchObject({ kind: "failed", failure: "evicted" });
  });

  it("that allocates gets no more than it declared", async () => {
    // memory.grow by 1000 pages gives −1; it traps unless that is so.
    const grow = [0x41, 0xe8, 0x07, 0x40, 0, 0x41, 0x7f, 0x47, 0x04, 0x40, 0x00, 0x0b];
    expect(await run({ code: grow })).toMatchObject({ kind: "output" });
  });

  it("that may use more memory than its job allows does not begin", async () => {
    expect(await run({ limits: [1, 1, 0x80, 0x08] })).toMatchObject({
      kind: "failed",
      failure: "out-of-limits",
    });
  });

  it("that may not run does not begin", async () => {
    expect(await run({ imports: [{ module: "env", name: "abort" }] })).toMatchObject({
      kind: "failed",
      failure: "bad-job",
      message: expect.stringContaining("env.abort"),
    });
  });

  it("that the engine does not take is a bad job", async () => {
    expect(await run({ code: [0x6a] })).toMatchObject({ kind: "failed", failure: "bad-job" });
  });
});
