import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { boundedRunner, homesOnNetwork, networkTable, studyNetwork } from "../lab/index.ts";
import { wasmRunner } from "../runtimes/index.ts";
import { openExchangeStore } from "../store/index.ts";
import { openLog } from "./log.ts";
import { packagePath, packageVersion } from "./packageFiles.ts";
import { readJob } from "./readJob.ts";
import { wholeNumber } from "./siteOptions.ts";
import { StatusLine } from "./statusLine.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";
import { untilSignal } from "./untilSignal.ts";

interface NetworkOptions extends StudyOutput {
  readonly homes: number;
  readonly tasks: number;
  readonly speed: number;
  readonly seed: number;
  readonly database?: string;
}

/** So that what is asked where heat is dumped is too dear, and the data centre is not. */
const bid = "0.00002";

/** `hearthwork study network`. */
export function addStudyNetworkCommand(study: Command): void {
  withOutput(
    study
      .command("network")
      .description(
        "Have virtual homes in different weather compute a job for a real exchange: who wants heat computes.",
      )
      .option("--homes <n>", "of six, from the cold to the mild", wholeNumber(1, 6), 6)
      .option("--tasks <n>", "of the portfolio's risk, computed for real", wholeNumber(1, 10_000), 400)
      .option("--speed <times>", "how fast the homes' time runs", wholeNumber(1, 600), 120)
      .option("--seed <n>", "of chance", wholeNumber(0, 2 ** 32 - 1), 1)
      .addOption(
        new Option("--database <url>", "of the exchange, at PostgreSQL; without it PGlite in memory"),
      ),
  ).action(runNetwork);
}

async function runNetwork(options: NetworkOptions): Promise<void> {
  const { homes, tasks, speed, seed, database } = options;
  const line = new StatusLine(process.stderr, options.json === true);
  const log = openLog({ json: false });
  log.level = "warn";
  const stop = new AbortController();
  void untilSignal().then(() => stop.abort());
  line.show("opening the exchange and the homes …");
  const { deadline: _deadline, ...job } = await readJob(packagePath("data/jobs/portfolio-risk/job.yaml"));
  const store = await openExchangeStore(database === undefined ? {} : { url: database });
  const runner = boundedRunner(wasmRunner(), { atOnce: availableParallelism() });
  try {
    const report = await studyNetwork({
      homes: homesOnNetwork.slice(0, homes),
      job: { ...job, tasks, bid },
      speed,
      seed,
      store,
      runner,
      log,
      version: packageVersion(),
      signal: stop.signal,
      onProgress: ({ tasks: { done, count } }) => line.show(`${done} of ${count} tasks are done`),
    });
    line.end();
    print(options, report, networkTable);
  } finally {
    line.end();
    await runner.close();
    await store.close();
  }
}
