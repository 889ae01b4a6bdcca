import { readFileSync } from "node:fs";
import { type Command } from "commander";
import { stringify } from "yaml";
import { type ReceiptCheck, verifyReceipt } from "../agent/index.ts";
import type { ExchangeClient } from "../client/index.ts";
import { canonicalJson, formatMicros, HearthworkError, Joules, messageOf, toKwh } from "../domain/index.ts";
import { addReceipt, emptyReceiptSum, manifestOf, type ReceiptSum } from "../energy/index.ts";
import { jobRoutes, receiptRoutes, type SignedReceipt } from "../wire/index.ts";
import { addExchangeOptions, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { say, wholeNumber } from "./siteOptions.ts";

interface ListOptions extends ExchangeClientOptions {
  readonly job?: string;
  readonly limit: number;
}

interface VerifyOptions {
  readonly trust?: string;
  readonly json?: true;
}

export function addReceiptCommand(program: Command): void {
  const receipt = program
    .command("receipt")
    .description("Signed accounts of what tasks drew, gave as heat, emitted and cost.");

  addExchangeOptions(receipt.command("list"))
    .description("Show the receipts of your newest jobs.")
    .option("--job <id>", "of this job alone")
    .option("--limit <n>", "at most so many", wholeNumber(1, 100_000), 200)
    .action(async (options: ListOptions) => {
      const list = await newestReceipts(exchangeOf(options), options);
      const lines = list.map(({ receipt: one }) => lineOf(one));
      const words = list.length === 0 ? "There are no receipts yet." : [...lines, sumLine(list)].join("\n");
      say(options.json, { receipts: list }, words);
    });

  addExchangeOptions(receipt.command("show <id>"))
    .description("Show a receipt; with --json its signed text, as `receipt verify` takes it.")
    .action(async (id: string, options: ExchangeClientOptions) => {
      const signed = await exchangeOf(options).api.call(receiptRoutes.receipt, { params: { id } });
      process.stdout.write(`${options.json ? canonicalJson(signed) : wordsOf(signed)}\n`);
    });

  addExchangeOptions(receipt.command("export <job>"))
    .description("Print the signed receipts of a job, a line each.")
    .option("--manifest", "print a manifest of the Impact Framework instead, which computes them anew")
    .action(async (job: string, options: ExchangeClientOptions & { readonly manifest?: true }) => {
      const receipts = receiptsOf(exchangeOf(options), job);
      if (options.manifest) {
        const all: TaskReceipt[] = [];
        for await (const { receipt: one } of receipts) all.push(one);
        process.stdout.write(
          stringify(manifestOf(`receipts of ${job}`, all), { aliasDuplicateObjects: false }),
        );
        return;
      }
      for await (const signed of receipts) process.stdout.write(`${canonicalJson(signed)}\n`);
    });

  receipt
    .command("verify <file>")
    .description("Check receipts offline: both signatures, that no byte was changed, and the sums.")
    .option("--trust <fingerprint>", "of the exchange that has to have issued them: 32 hex digits")
    .option("--json", "print the outcome as JSON on stdout")
    .addHelpText(
      "after",
      `
A file has a receipt a line. An exchange's fingerprint is what follows # in the address that providers join. Exit 1 says
that a receipt is not as it was issued, or issued by another.

Examples:
  hearthwork receipt export j0123456789ab > receipts.jsonl
  hearthwork receipt verify receipts.jsonl --trust 0123456789abcdef0123456789abcdef`,
    )
    .action(verify);
}

async function verify(file: string, { trust, json }: VerifyOptions): Promise<void> {
  const lines = linesOf(file);
  const checks: ReceiptCheck[] = [];
  for (const line of lines) checks.push(await verifyReceipt(line, trust));
  const at = checks.findIndex(({ kind }) => kind === "refused");
  const bad = checks[at];
  if (bad?.kind === "refused") {
    const where = lines.length === 1 ? file : `${file}, line ${at + 1}`;
    throw new HearthworkError({
      code: "receipt/refused",
      message: `${where}: ${bad.why}`,
      data: { file, line: at + 1, why: bad.why },
    });
  }
  const sound = checks.filter((check) => check.kind === "sound");
  const issuers = [...new Set(sound.map(({ fingerprint }) => fingerprint))];
  const signed = sound.map((check) => check.signed);
  const trusted =
    trust === undefined
      ? "compare that with the exchange's address, or give it as --trust"
      : "as it has to be";
  const words = `${signed.length} receipts hold, issued by ${issuers.join(", ")} (${trusted}).\n${sumLine(signed)}`;
  say(
    json,
    { receipts: signed.length, issuers, isTrusted: trust !== undefined, sum: sumView(sumOf(signed)) },
    words,
  );
}

function linesOf(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8").replace(/\n$/, "").split("\n");
    return lines;
  } catch (thrown) {
    throw new HearthworkError({
      code: "receipt/no-file",
      message: `cannot read ${file} (${messageOf(thrown)}); name a file of receipts`,
      data: { file },
      cause: thrown,
    });
  }
}

async function* receiptsOf({ api }: ExchangeClient, job: string): AsyncGenerator<SignedReceipt> {
  for (let from: number | null = 0; from !== null;) {
    const page: { receipts: SignedReceipt[]; next: number | null } = await api.call(
      receiptRoutes.jobReceipts,
      {
        params: { id: job },
        querystring: { from },
      },
    );
    yield* page.receipts;
    from = page.next;
  }
}

async function newestReceipts(
  exchange: ExchangeClient,
  { job, limit }: ListOptions,
): Promise<SignedReceipt[]> {
  const jobs =
    job === undefined ? (await exchange.api.call(jobRoutes.listJobs, {})).jobs.map(({ id }) => id) : [job];
  const found: SignedReceipt[] = [];
  for (const id of jobs) {
    for await (const signed of receiptsOf(exchange, id)) {
      found.push(signed);
      if (found.length >= limit) return found;
    }
  }
  return found;
}

type TaskReceipt = SignedReceipt["receipt"];

const sumOf = (signed: readonly SignedReceipt[]): ReceiptSum =>
  signed.reduce((sum, { receipt }) => addReceipt(sum, receipt), emptyReceiptSum);

const sumView = ({ price, ...sum }: ReceiptSum) => ({ ...sum, price: formatMicros(price) });

const lineOf = ({ id, index, verdict, provider, account, price, flags }: TaskReceipt): string =>
  [
    id,
    `task ${index}`,
    verdict,
    provider.id,
    account
      ? `${energy(account.energyJoules)}, ${energy(account.usefulJoules)} of useful heat`
      : flags.join(", "),
    `${price.amount} ${price.currency}`,
  ].join("  ");

function sumLine(signed: readonly SignedReceipt[]): string {
  const sum = sumOf(signed);
  const flagged = sum.flagged === 0 ? "" : ` (${sum.flagged} tell of none that can be believed)`;
  const heat = energy(sum.usefulJoules);
  const currency = signed[0]?.receipt.price.currency ?? "";
  return `together: ${energy(sum.energyJoules)}${flagged}, ${heat} of useful heat, ${carbonWords(sum)}, ${formatMicros(sum.price)} ${currency}`;
}

const carbonWords = ({ carbonGrams: { used, displaced, consequential }, withCarbon }: ReceiptSum) =>
  withCarbon === 0
    ? "carbon not told"
    : `${grams(used)} used, ${grams(displaced)} displaced, ${grams(consequential)} consequential`;

function wordsOf({ receipt, signatures }: SignedReceipt): string {
  const { id, job, index, count, provider, leased, returned, verdict, price, work, account, flags } = receipt;
  const of = (name: keyof NonNullable<typeof work>["claim"]["energy"]) =>
    `${energy(work?.claim.energy[name] ?? 0)} ${name}`;
  const lines = [
    `${id}: task ${index} of the ${count} of ${job}`,
    `done by       ${provider.id} (${provider.kind}), leased ${leased}, returned ${returned}`,
    `verdict       ${verdict}, ${price.amount} ${price.currency}`,
    work === null
      ? `energy        not told (${flags.join(", ")})`
      : `energy        ${of("metered")}, ${of("reported")}, ${of("estimated")}, by ${work.claim.method}`,
    ...(work && flags.length > 0 ? [`not believed  ${flags.join(", ")}`] : []),
    ...(work?.claim.heat ?? []).map(
      ({ sink, kind, joules, usefulJoules }) =>
        `heat          ${energy(joules)} into ${sink} (${kind}), ${energy(usefulJoules)} of it wanted`,
    ),
    ...(account ? accountWords(account, work?.claim.boundary.name ?? "") : []),
    `digests       module ${receipt.module}`,
    `              input ${receipt.input ?? "none"}`,
    `              output ${receipt.output}`,
    `signed        by the exchange, ${signatures.provider === null ? "not by its provider" : "by its provider"}`,
  ];
  return lines.join("\n");
}

function accountWords(
  { pue, erf, ere, carbonGrams }: NonNullable<TaskReceipt["account"]>,
  boundary: string,
): string[] {
  const ratios = `PUE ${pue ?? "none"}, ERF ${erf ?? "none"}, ERE ${ere ?? "none"}, for ${boundary}`;
  const carbon = carbonGrams
    ? `${grams(carbonGrams.used)} used, ${grams(carbonGrams.displaced)} displaced, ${grams(carbonGrams.consequential)} consequential`
    : "not told";
  return [`ratios        ${ratios}`, `carbon        ${carbon}`];
}

const energy = (joules: number): string =>
  joules >= 360_000 ? `${toKwh(Joules(joules)).toFixed(3)} kWh` : `${joules.toFixed(3)} J`;
const grams = (amount: number): string => `${Number(amount.toPrecision(4))} g`;
