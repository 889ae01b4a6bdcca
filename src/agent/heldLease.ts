import { type Digest, messageOf } from "../domain/index.ts";
import { type TaskEnd, type TaskRunner, maxOutputBytes, taskInput } from "../jobs/index.ts";
import type { LeaseTerms, ToExchange } from "../wire/index.ts";

/** What a lease is carried out with. */
export interface LeaseMeans {
  readonly runner: TaskRunner;
  readonly artefact: (digest: Digest) => Promise<Uint8Array>;
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
    this.report = reportOf(this.terms.lease, await this.#end(means));
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
