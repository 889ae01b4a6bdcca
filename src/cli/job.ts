import { type Command } from "commander";
import type { ExchangeClient } from "../client/index.ts";
import { type JobQuote, jobRoutes, type JobView } from "../wire/index.ts";
import { addExchangeOptions, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { readJob } from "./readJob.ts";
import { saveResults } from "./saveResults.ts";
import { say } from "./siteOptions.ts";
import { StatusLine } from "./statusLine.ts";

interface SubmitOptions extends ExchangeClientOptions {
  readonly quote?: true;
  readonly watch?: true;
  readonly out?: string;
}

export function addJobCommand(program: Command): void {
  const job = program.command("job").description("Have an exchange compute something.");

  addExchangeOptions(job.command("submit <file>"))
    .description("Send a job: its job.yaml, and the files that it names.")
    .option("--quote", "only say what it would cost and how much of it would begin now; sends nothing")
    .option("--watch", "stay until it has ended; exit 1 unless it is done")
    .option("--out <dir>", "save each task's output there, checked against its digest; implies --watch")
    .addHelpText(
      "after",
      `
Examples:
  hearthwork job submit job.yaml --watch
  hearthwork job submit job.yaml --out results --url https://exchange.example:7421 --token hwc_…`,
    )
    .action(async (file: string, options: SubmitOptions) => {
      const exchange = exchangeOf(options);
      if (options.quote) {
        const quote = await exchange.quote(await readJob(file));
        return say(options.json, quote, quoted(quote));
      }
      const submitted = await exchange.submit(await readJob(file));
      if (!options.watch && options.out === undefined) {
        return say(
          options.json,
          submitted,
          `${submitted.id} is taken; it costs at most ${money(submitted.quote)}.`,
        );
      }
      await watch(exchange, submitted, options);
    });

  addExchangeOptions(job.command("list"))
    .description("Show your newest jobs.")
    .action(async (options: ExchangeClientOptions) => {
      const list = await exchangeOf(options).api.call(jobRoutes.listJobs, {});
      say(options.json, list, list.jobs.map(lineOf).join("\n") || "You have no jobs.");
    });

  addExchangeOptions(job.command("show <id>"))
    .description("Show a job.")
    .option("--watch", "stay until it has ended; exit 1 unless it is done")
    .option("--out <dir>", "save each task's output there, checked against its digest; implies --watch")
    .action(async (id: string, options: SubmitOptions) => {
      const exchange = exchangeOf(options);
      const found = await exchange.api.call(jobRoutes.job, { params: { id } });
      if (!options.watch && options.out === undefined) return say(options.json, found, lineOf(found));
      await watch(exchange, found, options);
    });

  addExchangeOptions(job.command("cancel <id>"))
    .description("End a job; what it did not cost goes back to your account.")
    .action(async (id: string, options: ExchangeClientOptions) => {
      const ended = await exchangeOf(options).api.call(jobRoutes.cancelJob, { params: { id } });
      say(options.json, ended, lineOf(ended));
    });
}

/** Shows how a job goes until it has ended; another end than done is this command's failure. */
async function watch(exchange: ExchangeClient, { id }: JobView, options: SubmitOptions): Promise<void> {
  const line = new StatusLine(process.stderr, options.json === true);
  const ended = await exchange.follow(id, { onProgress: (job) => line.show(progressOf(job)) });
  line.end();
  if (options.out !== undefined) await saveResults(exchange, ended, options.out);
  say(options.json, ended, lineOf(ended));
  if (ended.state !== "done") process.exitCode = 1;
}

const barCells = 30;

function progressOf({ name, tasks }: JobView): string {
  const filled = Math.floor((tasks.done / tasks.count) * barCells);
  const bar = `${"█".repeat(filled)}${"░".repeat(barCells - filled)}`;
  return `${name} ${bar} ${tasks.done} of ${tasks.count} done, ${tasks.running} under way`;
}

const quoted = ({ atMost, cheapest, now, tasks }: JobQuote): string =>
  [
    `It costs at most ${money(atMost)}, every result checked.`,
    cheapest === null
      ? "Nobody who is there now can run it."
      : now.tasks === 0
        ? `Nothing of it would begin now: the cheapest asks ${money(cheapest)} for a task, more than is bid now.`
        : `${now.tasks} of ${tasks} tasks would begin now, for ${money(now.least ?? cheapest)} to ${money(now.most ?? cheapest)} each.`,
  ].join("\n");

const money = ({ amount, currency }: JobView["cost"]) => `${amount} ${currency}`;

const mostNamed = 20;

const lineOf = ({ id, name, state, why, tasks, cost, quote, replaced }: JobView): string =>
  [
    `${id}  ${name}  ${state}${why === null ? "" : ` (${why})`}`,
    `${tasks.done} of ${tasks.count} tasks done`,
    `cost ${money(cost)} of at most ${money(quote)}`,
    ...(replaced.length === 0
      ? []
      : [
          `replaced after they were found wrong, fetch them again: ${replaced.slice(0, mostNamed).join(", ")}${replaced.length > mostNamed ? " …" : ""}`,
        ]),
  ].join("  ");
