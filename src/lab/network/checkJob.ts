import { createHash } from "node:crypto";
import { verifyReceipt } from "../../agent/index.ts";
import type { ExchangeClient } from "../../client/index.ts";
import { canonicalJson, parseMicros } from "../../domain/index.ts";
import { type JobView, operatorRoutes, receiptRoutes } from "../../wire/index.ts";

/** What a job that is done came to, by provider, and whether all of it is as it should be. */
export interface CheckedJob {
  readonly cost: string;
  /** Tasks whose outputs are there, each what its digest says. */
  readonly results: number;
  readonly receipts: {
    readonly count: number;
    /** That verify offline, by the exchange's fingerprint, and tell of the output that is there. */
    readonly sound: number;
    /** Whose claim cannot be true. */
    readonly flagged: number;
    /** Whose energy a meter counted. */
    readonly metered: number;
  };
  /** Done to check another's. */
  readonly checks: number;
  /** Of all accounts, the world outside among them; "0.000000". */
  readonly ledgerSum: string;
  readonly providers: Readonly<
    Record<string, { readonly tasks: number; readonly earned: number; readonly joules: number }>
  >;
}

/**
 * Fetches a job's results and receipts and verifies each.
 * @param fingerprint of the exchange's key
 */
export async function checkJob(
  client: ExchangeClient,
  job: JobView,
  fingerprint: string,
): Promise<CheckedJob> {
  const digests = new Map<number, string>();
  for await (const { index, output } of client.results(job.id)) {
    digests.set(index, createHash("sha256").update(output).digest("hex"));
  }
  const providers: Record<string, { tasks: number; earned: number; joules: number }> = {};
  const receipts = { count: 0, sound: 0, flagged: 0, metered: 0 };
  let checks = 0;
  for (let from: number | null = 0; from !== null;) {
    const page: ReceiptPage = await client.api.call(receiptRoutes.jobReceipts, {
      params: { id: job.id },
      querystring: { from },
    });
    for (const signed of page.receipts) {
      const { receipt } = signed;
      const check = await verifyReceipt(canonicalJson(signed), fingerprint);
      const own = (providers[receipt.provider.id] ??= { tasks: 0, earned: 0, joules: 0 });
      own.tasks += 1;
      own.earned += Number(parseMicros(receipt.price.amount)) / 1e6;
      own.joules += receipt.account?.energyJoules ?? 0;
      receipts.count += 1;
      receipts.sound += Number(check.kind === "sound" && receipt.output === digests.get(receipt.index));
      receipts.flagged += Number(receipt.flags.length > 0);
      receipts.metered += Number(receipt.work?.claim.method === "meter");
      checks += Number(receipt.verdict === "confirmed");
    }
    from = page.next;
  }
  const { sum } = await client.api.call(operatorRoutes.balances, {});
  return { cost: job.cost.amount, results: digests.size, receipts, checks, ledgerSum: sum.amount, providers };
}

type ReceiptPage = Awaited<ReturnType<typeof receiptPage>>;
const receiptPage = (client: ExchangeClient) =>
  client.api.call(receiptRoutes.jobReceipts, { params: { id: "" }, querystring: { from: 0 } });
