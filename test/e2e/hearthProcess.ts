import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../bin/hearthwork.js", import.meta.url));

const environment = () => ({ ...process.env, HEARTHWORK_DATA: undefined, DATABASE_URL: undefined });

/** A hearthwork command in a process of its own, with `--json` lines as they come. */
export interface HearthProcess {
  readonly child: ChildProcess;
  /** What it printed so far, for a failing test to show. */
  output(): string;
  /** The first line that matches, from the start of its output. */
  line(pattern: RegExp, withinMs: number): Promise<RegExpExecArray>;
  /** Its exit code, once it ended by itself. */
  ended(): Promise<number | null>;
  /** Ends it as Ctrl-C does, and gives its exit code. */
  interrupt(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

export const startHearthwork = (args: readonly string[], cwd: string): HearthProcess =>
  startProgram([launcher, ...args], cwd);

/** Any program of Node's in a process of its own. */
export function startProgram(args: readonly string[], cwd: string): HearthProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(),
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const ended = once(child, "exit");

  return {
    child,
    output: () => lines.join("\n"),
    line: (pattern, withinMs) =>
      new Promise((resolve, reject) => {
        const finish = () => {
          waiting.delete(look);
          clearTimeout(timer);
        };
        const fail = (why: string) => {
          finish();
          reject(new Error(`${why} before a line like ${pattern}:\n${lines.join("\n")}`));
        };
        const look = () => {
          for (const line of lines) {
            const found = pattern.exec(line);
            if (!found) continue;
            finish();
            resolve(found);
            return;
          }
        };
        const timer = setTimeout(() => fail(`${withinMs / 1000} s went by`), withinMs);
        void ended.then(() => fail("it ended"));
        waiting.add(look);
        look();
      }),
    async ended() {
      await ended;
      return child.exitCode;
    },
    async interrupt() {
      child.kill("SIGINT");
      await ended;
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** What a command that ends by itself leaves behind. */
export const endOfHearthwork = (
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [launcher, ...args],
      { cwd, env: environment() },
      (_failed, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
