import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { addMineCommand } from "../../src/cli/mine.ts";
import { addPoolCommand } from "../../src/cli/pool.ts";
import { messageOf } from "../../src/domain/index.ts";
import { startBitcoinNode } from "../bitcoinNode.ts";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import { describeWith } from "../parts.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-commands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

function run(...args: string[]): HearthProcess {
  const command = startHearthwork(args, folder);
  onTestFinished(() => command.kill());
  return command;
}

/** What a command line comes to before anything runs: words for the terminal, or a fault. */
async function refusalOf(...args: string[]): Promise<string> {
  let words = "";
  const write = (text: string) => void (words += text);
  const program = new Command("hearthwork");
  addMineCommand(program);
  addPoolCommand(program);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeOut: write, writeErr: write });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (thrown) {
    return thrown instanceof CommanderError ? words : messageOf(thrown);
  }
  throw new Error("it ran");
}

const pool = ["pool", "--node", "http://127.0.0.1:9", "--address", address];
const cookie = ["--rpc-cookie", join(folder, "no-cookie")];

it.each<[string, string[], RegExp]>([
  ["help with mining", ["mine", "--help"], /Examples:[\s\S]*hearthwork mine --pool stratum\+tcp:/],
  ["help with the pool", ["pool", "--help"], /Examples:[\s\S]*hearthwork pool --node http:/],
  ["no pool", ["mine", "--user", "me"], /--pool <url>' not specified/],
  ["a bad pool", ["mine", "--pool", "http://x", "--user", "me"], /give it like stratum\+tcp:/],
  ["no user", ["mine", "--pool", "127.0.0.1"], /--user <name>' not specified/],
  ["a bad duty", ["mine", "--pool", "x", "--user", "u", "--duty", "101"], /a whole number from 0 to 100/],
  ["no node", ["pool", "--address", address], /--node <url>' not specified/],
  ["a user without a password", [...pool, "--rpc-user", "me"], /needs --rpc-password-file/],
  [
    "a password that is not there",
    [...pool, "--rpc-user", "me", "--rpc-password-file", folder],
    /cannot read the password/,
  ],
  ["both ways in", [...pool, ...cookie, "--rpc-user", "me"], /not both/],
  ["a port that is none", [...pool, ...cookie, "--port", "70000"], /a whole number from 0 to 65535/],
  ["a cookie that is not there", [...pool, ...cookie], /no-cookie cannot be read/],
  ["a password in the URL", ["pool", "--node", "http://a:b@x", "--address", "x", ...cookie], /apart from it/],
])("says what to do about %s", async (_, args, words) => {
  expect(await refusalOf(...args)).toMatch(words);
});

it("says what to do where no node has left a cookie", async () => {
  vi.stubEnv("HOME", folder);
  vi.stubEnv("APPDATA", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await refusalOf(...pool)).toMatch(/^there is no cookie at .*: start the node, or give --rpc-cookie/);
});

describeWith("bitcoin-node", "a pool and a miner from the command line", () => {
  it("find blocks together, and end with a word when they are told to", { timeout: 60_000 }, async () => {
    const node = await startBitcoinNode();
    onTestFinished(() => node.stop());
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, `${node.password}\n`);
    const credentials = ["--rpc-user", node.user, "--rpc-password-file", passwordFile];
    const ports = ["--port", "0", "--status-port", "0"];
    const server = run("pool", "--node", node.url, "--address", address, ...credentials, ...ports, "--json");
    const [, url = "", statusUrl = ""] = await server.line(
      /miners connect to (stratum\+tcp:\/\/127\.0\.0\.1:\d+); the status page is at (http:[^"]+)/,
      20_000,
    );
    const miner = run("mine", "--pool", url, "--user", "closet", "--threads", "1", "--json");
    await miner.line(/"event":"share","outcome":"accepted"/, 40_000);
    await server.line(/closet found block 1: accepted/, 5_000);
    const status = (await (await fetch(`${statusUrl}/status.json`)).json()) as object;
    expect(status).toMatchObject({ workers: [{ user: "closet" }], connections: 1 });

    expect(await miner.interrupt()).toBe(0);
    const [, summary = ""] = await miner.line(/^(.*"event":"summary".*)$/, 1_000);
    expect(JSON.parse(summary)).toMatchObject({ event: "summary", pool: url, rejected: 0 });
    expect(await server.interrupt()).toBe(0);
    for (const line of server.output().split("\n")) expect(() => JSON.parse(line) as object).not.toThrow();
  });
});
