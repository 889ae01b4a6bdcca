import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { hostClock, HearthworkError, messageOf, Seconds } from "../domain/index.ts";
import {
  formatDifficulty,
  formatDuration,
  formatHashes,
  formatHashrate,
  type Miner,
  type MinerEvent,
  parsePoolUrl,
  startMiner,
} from "../mining/index.ts";
import { wholeNumber } from "./siteOptions.ts";
import { StatusLine } from "./statusLine.ts";
import { untilSignal } from "./untilSignal.ts";

interface MineCommandOptions {
  readonly pool: readonly string[];
  readonly user: string;
  readonly password: string;
  readonly threads: number;
  readonly duty: number;
  readonly json?: true;
}

const reportEvery = Seconds(10);
const lineEvery = Seconds(1);

export function addMineCommand(program: Command): void {
  program
    .command("mine")
    .description("Mine with this computer's processor at a pool: it heats, and now and then finds a share.")
    .addOption(
      new Option(
        "--pool <url>",
        "stratum+tcp://HOST:PORT; give it again for spare pools, the preferred first",
      )
        .argParser(collectPool)
        .makeOptionMandatory(),
    )
    .requiredOption("--user <name>", "who mines, as the pool wants it: often ADDRESS.WORKER")
    .option("--password <word>", "most pools take any", "x")
    .addOption(
      new Option("--threads <number>", "how many threads hash")
        .argParser(wholeNumber(1, 1024))
        .default(availableParallelism(), "one for each processor core"),
    )
    .addOption(
      new Option("--duty <percent>", "the share of time in which each thread hashes; less is cooler")
        .argParser(wholeNumber(0, 100))
        .default(100),
    )
    .option("--json", "print events, and the state every 10 s, as one JSON object a line")
    .addHelpText(
      "after",
      `
Examples:
  hearthwork mine --pool stratum+tcp://192.168.1.10:3333 --user office
  hearthwork mine --pool 127.0.0.1 --user me --threads 2 --duty 50
  hearthwork mine --pool stratum+tcp://first.example:3333 --pool stratum+tcp://spare.example:3333 --user me

While no pool answers nothing is hashed. Ctrl-C ends it and says what was done.`,
    )
    .action(mine);
}

function collectPool(url: string, before: readonly string[] = []): readonly string[] {
  try {
    parsePoolUrl(url);
  } catch (thrown) {
    throw new InvalidArgumentError(messageOf(thrown));
  }
  return [...before, url];
}

async function mine({ pool, user, password, threads, duty, json }: MineCommandOptions): Promise<void> {
  const clock = hostClock(globalThis);
  const startedAt = clock.monotonic();
  const ended = new AbortController();
  const line = new StatusLine(process.stderr, json === true);
  let fault: string | undefined;

  const onEvent = (event: MinerEvent) => {
    if (event.kind === "fault") fault = event.message;
    if (event.kind === "recovered") fault = undefined;
    const { kind, ...facts } = event;
    if (json) printJson({ event: kind, ...facts });
    else say(line, wordsOf(event));
  };
  const pools = pool.map((url) => ({ url, user, password }));
  const miner = startMiner({ pools, threads, clock, duty: duty / 100, onEvent });

  const report = async () => {
    const isLive = process.stderr.isTTY && !json;
    while (!ended.signal.aborted) {
      await clock.sleep(isLive ? lineEvery : reportEvery, ended.signal);
      if (ended.signal.aborted) return;
      if (json) printJson({ event: "status", ...miner.stats() });
      else if (isLive) line.show(stateOf(miner));
      else process.stdout.write(`${stateOf(miner)}\n`);
    }
  };
  const reporting = report();
  await untilSignal();
  ended.abort();
  await reporting;

  const stats = miner.stats();
  await miner.close();
  const lasted = Seconds(clock.monotonic() - startedAt);
  if (json) printJson({ event: "summary", seconds: lasted, ...stats });
  else say(line, summaryOf(stats, lasted));
  if (fault !== undefined) throw new HearthworkError({ code: "mining/fault", message: fault });
}

function wordsOf(event: MinerEvent): string | undefined {
  switch (event.kind) {
    case "pool":
      return `mining at ${event.pool}`;
    case "pool-lost":
      return `lost ${event.pool}: ${event.why}`;
    case "notice":
      return `${event.pool} says: ${event.message}`;
    case "share":
      return event.outcome === "accepted"
        ? undefined
        : `share ${event.outcome}: ${event.why ?? "no reason given"}`;
    case "fault":
      return event.message;
    default:
      return "hashing again";
  }
}

type Stats = ReturnType<Miner["stats"]>;

function stateOf(miner: Miner): string {
  const stats = miner.stats();
  const { hashrate, difficulty, bestShare, trouble, pool } = stats;
  const state = trouble ?? `${pool} at difficulty ${formatDifficulty(difficulty ?? 0)}`;
  return `${formatHashrate(hashrate)} · ${sharesOf(stats)} · best ${formatDifficulty(bestShare)} · ${state}`;
}

function summaryOf(stats: Stats, lasted: Seconds): string {
  const done = `${formatHashes(stats.hashes)} in ${formatDuration(lasted)}`;
  return `Hashed ${done}; ${sharesOf(stats)}; best share ${formatDifficulty(stats.bestShare)}.`;
}

const sharesOf = ({ accepted, rejected, stale }: Stats) =>
  `${accepted} accepted, ${rejected} rejected, ${stale} stale`;

function say(line: StatusLine, words: string | undefined): void {
  if (words === undefined) return;
  line.end();
  process.stdout.write(`${words}\n`);
}

const printJson = (fields: object) =>
  process.stdout.write(`${JSON.stringify({ at: Date.now(), ...fields })}\n`);
