import { isJwsBy, type SigningKey } from "../agent/index.ts";
import {
  canonicalJson,
  type Clock,
  type Currency,
  HearthworkError,
  type JobId,
  Micros,
} from "../domain/index.ts";
import { type LeaseFacts, taskReceiptOf, type TaskWork, wattsUnlessTold } from "../energy/index.ts";
import type { ExchangeStore, JudgedLease } from "../store/index.ts";
import { type SignedReceipt, toMoney, workClaimSchema } from "../wire/index.ts";

export interface ReceiptDeskOptions {
  readonly store: ExchangeStore;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly currency: Currency;
}

/**
 * Gives out receipts. Everything that one is made of is stored with the result, in the same transaction; the receipt
 * itself is made and signed when it is first asked for, and is the same from then on.
 */
export class ReceiptDesk {
  readonly #options: ReceiptDeskOptions;

  constructor(options: ReceiptDeskOptions) {
    this.#options = options;
  }

  /** Those of so many tasks of a job, by index, as a file has them: one a line, without the line's end. */
  async ofTasks(job: JobId, from: number, tasks: number): Promise<string[]> {
    return this.#issue(await this.#options.store.judgedLeases({ job, from, tasks }));
  }

  /** @throws {HearthworkError} `api/not-found` where there is no verdict on this lease of the job's */
  async ofLease(job: JobId, lease: number): Promise<string> {
    const [line] = await this.#issue(await this.#options.store.judgedLeases({ job, lease }));
    if (line !== undefined) return line;
    throw new HearthworkError({
      code: "api/not-found",
      message: `There is no receipt ${job}-${lease}; a task has one once there is a verdict on its result`,
    });
  }

  async #issue(leases: readonly JudgedLease[]): Promise<string[]> {
    const issuedAt = this.#options.clock.now();
    const made = [];
    for (const one of leases) {
      if (one.receipt !== null) continue;
      const body = await this.#make(one, new Date(issuedAt).toISOString());
      made.push({ lease: one.lease, verdict: one.verdict, issuedAt, body });
    }
    const kept = await this.#options.store.keepReceipts(made);
    return leases.flatMap(({ lease, receipt }) => receipt ?? kept.get(lease) ?? []);
  }

  async #make(one: JudgedLease, issued: string): Promise<string> {
    const { key, currency } = this.#options;
    const facts = factsOf(one, currency);
    const { work, jws } = await this.#workOf(one, facts);
    const receipt = taskReceiptOf(facts, work, { key: key.publicKey }, issued);
    const signature = await key.jws("hearthwork-receipt+json", canonicalJson(receipt));
    return canonicalJson({
      receipt,
      signatures: { issuer: signature, provider: jws },
    } satisfies LooseReceipt);
  }

  async #workOf(
    { work: text, provider, job, index, count, lease, module, input, output }: JudgedLease,
    facts: LeaseFacts,
  ): Promise<{ readonly work: TaskWork | "not-signed" | null; readonly jws: string | null }> {
    if (text === null) return { work: null, jws: null };
    const { jws, ...claimed } = workClaimSchema.parse(JSON.parse(text));
    const exchange = this.#options.key.publicKey;
    const leased = { job, index, count, lease, module, input, output };
    const work = { exchange, provider: facts.provider.id, ...leased, ...claimed };
    const isSigned = await isJwsBy(provider.key, "hearthwork-work+json", canonicalJson(work), jws);
    return isSigned ? { work, jws } : { work: "not-signed", jws: null };
  }
}

type LooseReceipt = {
  readonly receipt: object;
  readonly signatures: SignedReceipt["signatures"];
};

const factsOf = (one: JudgedLease, currency: Currency): LeaseFacts => {
  const { job, index, count, lease, module, input, output, provider, consumer, verdict } = one;
  return {
    job,
    index,
    count,
    lease,
    module,
    input,
    output,
    provider,
    consumer,
    verdict,
    leased: new Date(one.leasedAt).toISOString(),
    returned: new Date(one.returnedAt).toISOString(),
    price: toMoney(verdict === "wrong" ? Micros(0n) : one.price, currency),
    watts: one.watts ?? wattsUnlessTold,
  };
};
