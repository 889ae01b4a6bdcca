import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { hostClock, HearthworkError, messageOf, Seconds } from "../domain/index.ts";
import {
  formatDifficulty,
  formatHashrate,
  type NodeCredentials,
  type PoolEvent,
  type SoloPool,
  startSoloPool,
} from "../mining/index.ts";
import { openLog } from "./log.ts";
import { wholeNumber } from "./siteOptions.ts";
import { StatusLine } from "./statusLine.ts";
import { untilSignal } from "./untilSignal.ts";

interface PoolCommandOptions {
  readonly node: string;
  readonly address: string;
  readonly rpcCookie?: string;
  readonly rpcUser?: string;
  readonly rpcPasswordFile?: string;
  readonly host: string;
  readonly port: number;
  readonly statusHost: string;
  readonly statusPort: number;
  readonly json?: true;
}

const passwordVariable = "HEARTHWORK_RPC_PASSWORD";
const lineEvery = Seconds(1);

export function addPoolCommand(program: Command): void {
  const port = (flags: string, of: string, usual: number) =>
    new Option(flags, `${of}; 0 takes any free one`).argParser(wholeNumber(0, 65_535)).default(usual);
  const command = program
    .command("pool")
    .description("A pool of your own: miners search for blocks of your Bitcoin node, which pay your address.")
    .requiredOption("--node <url>", "the node's RPC, like http://127.0.0.1:8332")
    .requiredOption("--address <address>", "who is paid when a block is found: subsidy and fees in full")
    .option(
      "--rpc-cookie <file>",
      "the node's cookie file (default: .cookie in Bitcoin Core's data directory)",
    )
    .option(
      "--rpc-user <name>",
      `a user of the RPC, instead of the cookie; the password comes from ${passwordVariable}`,
    )
    .option("--rpc-password-file <file>", `a file that holds the password, instead of ${passwordVariable}`)
    .option("--host <address>", "where miners connect; 0.0.0.0 lets in your whole network", "127.0.0.1")
    .addOption(port("--port <port>", "for miners", 3333))
    .option("--status-host <address>", "where the status page is served", "127.0.0.1")
    .addOption(port("--status-port <port>", "of the status page and /status.json", 3334))
    .option("--json", "print the log as JSON lines on stdout")
    .addHelpText(
      "after",
      `
Examples:
  hearthwork pool --node http://127.0.0.1:8332 --address bc1q… --host 0.0.0.0
  ${passwordVariable}=… hearthwork pool --node http://192.168.1.5:8332 --rpc-user pool --address bc1q…

Any miner that speaks Stratum V1 can then mine at stratum+tcp://THIS-COMPUTER:3333, under any user name and
password. Anyone who reaches the port can mine for you there, and nothing else. Ctrl-C ends it.`,
    );
  command.action((options: PoolCommandOptions) => runPool(options, credentialsOf(options, command)));
}

function credentialsOf(options: PoolCommandOptions, command: Command): NodeCredentials {
  const { rpcCookie, rpcUser, rpcPasswordFile } = options;
  if (rpcCookie !== undefined && rpcUser !== undefined)
    return command.error("error: give --rpc-cookie or --rpc-user, not both");
  if (rpcUser !== undefined)
    return { kind: "password", user: rpcUser, password: passwordOf(rpcPasswordFile, command) };
  if (rpcCookie !== undefined) return { kind: "cookie", file: rpcCookie };
  const file = usualCookies().find((path) => existsSync(path));
  if (file === undefined) throw noCookie(usualCookies()[0] ?? "");
  return { kind: "cookie", file };
}

const noCookie = (usual: string) =>
  new HearthworkError({
    code: "config/unreadable",
    message: `there is no cookie at ${usual}: start the node, or give --rpc-cookie FILE, or --rpc-user NAME and its password`,
    data: { file: usual },
    retry: "later",
  });

function passwordOf(file: string | undefined, command: Command): string {
  const fromEnvironment = process.env[passwordVariable];
  if (file === undefined) {
    if (fromEnvironment !== undefined) return fromEnvironment;
    return command.error(`error: --rpc-user needs --rpc-password-file FILE or ${passwordVariable}`);
  }
  try {
    if (statSync(file).size > 4096) throw new Error("longer than 4096 bytes");
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    throw new HearthworkError({
      code: "config/unreadable",
      message: `cannot read the password from ${file}: ${messageOf(cause)}`,
      data: { file },
      cause,
    });
  }
}

/** Where Bitcoin Core keeps its data on each system. */
function usualCookies(): readonly string[] {
  const home = homedir();
  const dataDirectory =
    process.platform === "win32"
      ? join(process.env["APPDATA"] ?? home, "Bitcoin")
      : process.platform === "darwin"
        ? join(home, "Library", "Application Support", "Bitcoin")
        : join(home, ".bitcoin");
  return [join(dataDirectory, ".cookie")];
}

async function runPool(options: PoolCommandOptions, credentials: NodeCredentials): Promise<void> {
  const { node: url, json } = options;
  const clock = hostClock(globalThis);
  const log = openLog({ json: json === true });
  const line = new StatusLine(process.stderr, json === true);
  const pool = await startSoloPool({
    ...options,
    node: { url, credentials },
    clock,
    onEvent(event) {
      line.end();
      logEvent(log, event);
    },
  });
  line.end();
  log.info(`miners connect to ${pool.url}; the status page is at ${pool.statusUrl ?? ""}`);
  const ended = new AbortController();
  const showing = show();
  const signal = await untilSignal();
  ended.abort();
  await showing;
  line.end();
  log.info(`${signal}: the pool is closing`);
  await pool.close();

  async function show(): Promise<void> {
    while (!ended.signal.aborted) {
      line.show(stateOf(pool));
      await clock.sleep(lineEvery, ended.signal);
    }
  }
}

function logEvent(log: ReturnType<typeof openLog>, event: PoolEvent): void {
  switch (event.kind) {
    case "tip":
      return log.info(
        `block ${event.height} is wanted; network difficulty ${formatDifficulty(event.networkDifficulty)}`,
      );
    case "miner-joined":
      return log.info(
        `${event.user} mines from ${event.address}${event.agent ? ` with ${event.agent}` : ""}`,
      );
    case "miner-left":
      return log.info(`${event.users.join(", ") || "someone"} at ${event.address} left: ${event.why}`);
    case "node":
      return event.presence === "here"
        ? log.info(`the Bitcoin node is here: ${event.why}`)
        : log.warn(`the Bitcoin node is ${event.presence}: ${event.why}`);
    case "block": {
      const { height, hash, user, outcome, why } = event.block;
      const said = outcome === "pending" ? "handing it to the node" : (why ?? outcome);
      return log.info({ height, hash, user }, `${user} found block ${height}: ${said}`);
    }
  }
}

function stateOf(pool: SoloPool): string {
  const { hashrate, connections, accepted, rejected, stale, bestShare, blocks } = pool.status();
  const shares = `${accepted} accepted, ${rejected} rejected, ${stale} stale`;
  const found = blocks.filter(({ outcome }) => outcome === "accepted" || outcome === "duplicate").length;
  return `${formatHashrate(hashrate)} · ${connections} miners · ${shares} · best ${formatDifficulty(bestShare)} · ${found} blocks`;
}
