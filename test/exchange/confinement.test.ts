import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { describeWith } from "../parts.ts";

const run = promisify(execFile);

describeWith("bubblewrap", "a task's process under bubblewrap", () => {
  const runner = wasmRunner();

  /** What a script says that runs where tasks run. */
  async function within(script: string): Promise<string> {
    const confinement = await runner.confinement;
    if (confinement.kind !== "bubblewrap") throw new Error(confinement.why);
    const args = [...confinement.args, process.execPath, "--eval", script];
    return (await run(confinement.command, args, { env: {} })).stdout.trim();
  }

  it("opens no connection", async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const script = `require("net").connect(${port}, "127.0.0.1").on("connect", () => console.log("open")).on("error", () => console.log("refused"))`;
    const here = await run(process.execPath, ["--eval", script]);
    expect([here.stdout.trim(), await within(script)]).toEqual(["open", "refused"]);
    server.close();
  });

  it("sees neither files nor processes of the machine, and writes nothing", async () => {
    const script = `
      const fs = require("fs");
      const tried = (name, act) => { try { act(); console.log(name); } catch {} };
      tried("reads", () => fs.readFileSync("/etc/passwd"));
      tried("reads this checkout", () => fs.readFileSync(${JSON.stringify(`${process.cwd()}/README.md`)}));
      tried("writes", () => fs.writeFileSync("/file", "x"));
      tried("sees the test", () => process.kill(${process.pid}, 0));
      console.log("that was all");`;
    expect(await within(script)).toBe("that was all");
  });

  it("ends when what started it is killed", async () => {
    const confinement = await runner.confinement;
    if (confinement.kind !== "bubblewrap") throw new Error(confinement.why);
    const script = `console.log("up"); setInterval(() => {}, 1000)`;
    const started = spawn(confinement.command, [...confinement.args, process.execPath, "--eval", script], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(started.stdout, "data");
    started.kill("SIGKILL");
    // The pipe closes when the last process that holds it has ended.
    await once(started.stdout, "close");
  });
});
