import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../e2e/until.ts";
import { tinyModule } from "./tinyModule.ts";

/** loop br 0 end: it hears nothing, and would run for ever. */
const endless = [...tinyModule({ code: [0x03, 0x40, 0x0c, 0x00, 0x0b] })];
const silenceMs = 1000;

/** A program that has such a module run, and tells its process and its end; it does as it is told by a line. */
const program = `
import { TaskProcess } from ${JSON.stringify(new URL("../../src/runtimes/wasm/taskProcess.ts", import.meta.url).href)};
const task = new TaskProcess({ kind: "permissions", why: "" }, ${silenceMs});
task.listen(() => {
  task.send({ module: { digest: "x", bytes: new Uint8Array(${JSON.stringify(endless)}) }, input: new Uint8Array(8), maxOutputBytes: 1 });
  setTimeout(() => console.log("runs " + task.pid), ${2 * silenceMs});
}, () => console.log("ended"));
process.stdin.on("data", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${3 * silenceMs}));
`;

let started: ChildProcess | undefined;
afterEach(() => started?.kill("SIGKILL"));

async function start() {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  started = child;
  const said: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => said.push(line));
  const pid = await until("the task to run on for longer than a silence may last", 30_000, () => {
    const [, found] = said.map((line) => /^runs (\d+)$/.exec(line)).find(Boolean) ?? [];
    return found === undefined ? undefined : Number(found);
  });
  return { child, said, pid };
}

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a task that hears nothing, without bubblewrap around it", { timeout: 60_000 }, () => {
  it("ends when its program is killed", async () => {
    const { child, pid } = await start();
    expect(isThere(pid)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    await until("the end of the task", 10_000, () => (isThere(pid) ? undefined : true));
  });

  it("ends when its program hangs", async () => {
    const { child, said } = await start();
    expect(said).not.toContain("ended");
    child.stdin?.write("hang\n");
    await until("the end of the task", 10_000, () => (said.includes("ended") ? true : undefined));
  });
});
