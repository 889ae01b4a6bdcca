import { createHash } from "node:crypto";
import { canonicalJson, type Clock, type Digest, messageOf } from "../domain/index.ts";
import type { TaskMeter, TaskWork } from "../energy/index.ts";
import { type TaskEnd, type TaskRunner, maxOutputBytes, taskInput } from "../jobs/index.ts";
import type { LeaseTerms, ToExchange } from "../wire/index.ts";
import type { SigningKey } from "./signingKey.ts";

/** What a lease is carried out with. */
export interface LeaseMeans {
  readonly runner: TaskRunner;
  readonly artefact: (digest: Digest) => Promise<Uint8Array>;
  readonly clock: Clock;
  /** Who signs what was drawn for it; undefined: nothing is told of that. */
  readonly witness: Witness | undefined;
}

/** What a provider signs with its results. */
export interface Witness {
  readonly meter: TaskMeter;
  readonly key: SigningKey;
  readonly provider: string;
  /** The exchange's public key. */
  readonly exchange: string;
}

/** A task that this provider has the right to do, until it is settled, revoked or stopped. */
export class HeldLease {
  readonly terms: LeaseTerms;
  done = 0;
  /** How it ended, kept until the exchange has it. */
  report: ToExchange | undefined;
  readonly #stop = new AbortController();

  constructor(terms: LeaseTerms) {
    this.terms = terms;
  }

  /** Carries it out; never rejects. */
  async work(means: LeaseMeans): Promise<void> {
    const { clock, witness } = means;
    const began = clock.now();
    const metered = witness?.meter.begin();
    const end = await this.#end(means);
    const ended = clock.now();
    const claim = metered?.(ranOf(end, (ended - began) / 1000));
    const report = reportOf(this.terms.lease, end);
    if (report.type !== "result" || !witness || !claim || end.kind !== "output") {
      this.report = report;
      return;
    }
    const times = { began: new Date(began).toISOString(), ended: new Date(ended).toISOString() };
    const jws = await witness.key.jws(
      "hearthwork-work+json",
      canonicalJson(workOf(this.terms, witness, end.output, { ...times, claim })),
    );
    this.report = { ...report, work: { ...times, claim: { ...claim, heat: [...claim.heat] }, jws } };
  }

  /** Its task ends at once, as evicted. */
  stop(): void {
    this.#stop.abort();
  }

  async #end({ runner, artefact }: LeaseMeans): Promise<TaskEnd> {
    const { module, input, index, count, memoryMiB, limitSeconds } = this.terms;
    try {
      const [bytes, shared] = await Promise.all([
        artefact(module),
        input === null ? new Uint8Array() : artefact(input),
      ]);
      const order = {
        module: { digest: module, bytes },
        input: taskInput(index, count, shared),
        memoryMiB,
        limitSeconds,
        maxOutputBytes,
      };
      return await runner.run(order, this.#stop.signal, (done) => (this.done = done));
    } catch (thrown) {
      return { kind: "failed", failure: "network", message: messageOf(thrown) };
    }
  }
}

function reportOf(lease: number, end: TaskEnd): ToExchange {
  if (end.kind === "failed") {
    return { type: "failure", lease, kind: end.failure, message: end.message.slice(0, 500) };
  }
  const output = Buffer.from(end.output).toString("base64");
  return { type: "result", lease, output, seconds: end.seconds };
}

const ranOf = (end: TaskEnd, seconds: number) =>
  end.kind === "output"
    ? {
        seconds: end.seconds,
        cpuSeconds: end.cpuSeconds ?? end.seconds,
        place: end.place,
        drawn: end.drawn,
      }
    : { seconds, cpuSeconds: 0 };

const workOf = (
  { job, index, count, lease, module, input }: LeaseTerms,
  { exchange, provider }: Witness,
  output: Uint8Array,
  times: Pick<TaskWork, "began" | "ended" | "claim">,
): TaskWork => ({
  exchange,
  provider,
  job,
  index,
  count,
  lease,
  module,
  input,
  output: createHash("sha256").update(output).digest("hex"),
  ...times,
});
