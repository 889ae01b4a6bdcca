import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { FromChild, ToChild } from "./childMessages.ts";
import { type Confinement, findConfinement } from "./confinement.ts";

const extension = extname(fileURLToPath(import.meta.url));
const program = fileURLToPath(new URL(`./wasmTask.worker${extension}`, import.meta.url));
const ownFiles = [
  new URL("../../", import.meta.url),
  new URL("../../../package.json", import.meta.url),
  new URL("../../../../package.json", import.meta.url),
].map((url) => fileURLToPath(url));
const packages = fileURLToPath(import.meta.resolve("zod")).replace(/(?<=[\\/]node_modules[\\/]).*$/, "");
/** The code that the process runs: this program's, and the packages that it comes with. */
const readable = [...ownFiles, packages];
/** Where its heartbeat comes in. */
const heartDescriptor = 4;
const beatEveryMs = 1000;
const flags = [
  "--permission",
  "--allow-worker",
  ...readable.map((path) => `--allow-fs-read=${path}`),
  "--disable-warning=ExperimentalWarning",
  "--max-old-space-size=128",
];

/** How the processes of tasks are kept apart on this machine. */
export const taskConfinement = (): Promise<Confinement> => findConfinement(readable);

/** A process of its own that runs modules; it may read this program's files, and neither write nor reach anything. */
export class TaskProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #heart: NodeJS.Timeout;
  #isReady = false;

  /** @param silenceMs without a beat of this program for so long it ends by itself, whatever it computes */
  constructor(confinement: Confinement, silenceMs: number) {
    const run = [process.execPath, ...flags, program, String(heartDescriptor), String(silenceMs)];
    const [command = "", ...args] =
      confinement.kind === "bubblewrap" ? [confinement.command, ...confinement.args, ...run] : run;
    this.#child = spawn(command, args, {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc", "pipe"],
      env: {},
    });
    this.#child.on("error", () => {});
    const heart = this.#child.stdio[heartDescriptor] as Socket;
    heart.on("error", () => {});
    heart.unref();
    this.#heart = setInterval(() => heart.write("."), beatEveryMs).unref();
    this.#child.once("message", () => (this.#isReady = true));
    this.#child.once("exit", () => {
      clearInterval(this.#heart);
      heart.destroy();
    });
    this.#ended = once(this.#child, "close").catch(() => {});
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isAlive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** It has begun, and takes no time of the first task any more. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Gives each message to `hear`, and tells when the process ends before that stops listening. */
  listen(hear: (message: FromChild) => void, onEnd: () => void): () => void {
    this.#child.on("message", hear);
    this.#child.once("close", onEnd);
    return () => {
      this.#child.off("message", hear);
      this.#child.off("close", onEnd);
    };
  }

  send(order: ToChild): void {
    this.#child.send(order, () => {});
  }

  /** Keeps the program from ending only while it works. */
  hold(isBusy: boolean): void {
    const channel = this.#child.channel;
    if (isBusy) channel?.ref();
    else channel?.unref();
    if (isBusy) this.#child.ref();
    else this.#child.unref();
  }

  async kill(): Promise<void> {
    // Whoever waits for its end must not end before.
    if (this.isAlive) this.hold(true);
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}
