import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";

const run = promisify(execFile);

export interface PostgresServer {
  /** Of a database that is made for the caller and empty. */
  newDatabase(): Promise<string>;
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again at the same port. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/**
 * A PostgreSQL server of its own at a free port of the loopback, in a temporary folder.
 * PostgreSQL refuses to run as root: there it runs as the user `postgres`.
 * @param bin the folder of `initdb` and `postgres`
 * @param fsync whether a commit is on the disk: a test needs no such patience, a measurement of speed does
 */
export async function startPostgres(bin: string, fsync: "on" | "off" = "off"): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-postgres-"));
  const asRoot = process.getuid?.() === 0;
  const unprivileged = (command: string, args: string[]): [string, string[]] =>
    asRoot
      ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", join(bin, command), ...args]]
      : [join(bin, command), args];
  if (asRoot) await run("chown", ["postgres:", folder]);
  const data = join(folder, "data");
  await run(...unprivileged("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-N"]), { cwd: folder });
  const port = await freePort();
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;

  let server: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  const start = async () => {
    const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: folder, fsync };
    const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    server = spawn(...unprivileged("postgres", ["-D", data, ...options]), { cwd: folder, stdio: "ignore" });
    await untilReady(urlOf("postgres"), server);
  };
  await start();

  let databases = 0;
  return {
    start,
    kill: () => stop("SIGQUIT"),
    newDatabase: async () => {
      const name = `test_${(databases += 1)}`;
      await withClient(urlOf("postgres"), (client) => client.query(`create database ${name}`));
      return urlOf(name);
    },
    remove: async () => {
      await stop("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 30_000; ;) {
    try {
      await withClient(url, (client) => client.query("select 1"));
      return;
    } catch (thrown) {
      if (Date.now() > deadline || server.exitCode !== null) throw thrown;
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no TCP port");
  return address.port;
}
