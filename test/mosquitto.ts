import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parts } from "./parts.ts";

const startTimeoutMs = 10_000;
/** The broker dies with whoever started it, however that ends. */
const untilInputEnds = '"$0" -c "$1" & broker=$!; read -r _; kill -9 $broker; wait $broker';

export interface MosquittoOptions {
  /** Only this login may connect; without it anyone may. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Further lines of mosquitto.conf. */
  readonly lines?: readonly string[];
}

/** A real broker on a loopback port of its own. */
export interface Mosquitto {
  readonly url: string;
  readonly port: number;
  /** Kills it as a power cut would. Resolves when it is gone. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with nothing retained. */
  restart(): Promise<void>;
  /** Stops it and removes its files. */
  close(): Promise<void>;
}

/** Starts mosquitto; resolves when it accepts connections. */
export async function startMosquitto({ login, lines = [] }: MosquittoOptions = {}): Promise<Mosquitto> {
  const program = parts.mosquitto;
  if (program === undefined) throw new Error("mosquitto is not installed; .ci/run installs it");
  const folder = await mkdtemp(join(tmpdir(), "hearthwork-mosquitto-"));
  const port = await freePort();
  const passwords = join(folder, "passwords");
  if (login) await writePasswords(passwords, login);
  const configFile = join(folder, "mosquitto.conf");
  const access = login ? ["allow_anonymous false", `password_file ${passwords}`] : ["allow_anonymous true"];
  await writeFile(
    configFile,
    ["user root", `listener ${port} 127.0.0.1`, "persistence false", ...access, ...lines, ""].join("\n"),
  );

  const start = async () => {
    const child = spawn("sh", ["-c", untilInputEnds, program, configFile], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    await answering(port);
    return child;
  };
  let running = await start();
  const stop = async () => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.stdin.end();
    await gone;
  };

  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    stop,
    async restart() {
      await stop();
      running = await start();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writePasswords(
  file: string,
  { username, password }: NonNullable<MosquittoOptions["login"]>,
): Promise<void> {
  await writeFile(file, "", { mode: 0o600 });
  await promisify(execFile)("mosquitto_passwd", ["-b", file, username, password]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

async function answering(port: number): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline) {
    const socket = connect({ host: "127.0.0.1", port });
    try {
      await once(socket, "connect");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      socket.destroy();
    }
  }
  throw new Error(`mosquitto did not start on port ${port}`);
}
