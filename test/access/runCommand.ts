import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../bin/hearthwork.js", import.meta.url));

/** Runs a hearthwork command to its end, with `input` on its stdin. */
export async function runCommand(
  args: readonly string[],
  input: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [launcher, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, HEARTHWORK_DATA: undefined, DATABASE_URL: undefined },
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, stdout, stderr };
}
