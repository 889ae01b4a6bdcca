import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { type Clock, type ConsumerId, type Digest, HearthworkError, JobId } from "../domain/index.ts";
import { type JobSpec, judgeModule, maxModuleBytes } from "../jobs/index.ts";
import type { ExchangeStore, StoredJob } from "../store/index.ts";
import type { ArtefactStore } from "./artefacts/artefactStore.ts";

export interface JobDeskOptions {
  readonly store: ExchangeStore;
  readonly artefacts: ArtefactStore;
  readonly clock: Clock;
  /** That there is a new job, or that jobs ended. */
  readonly onNew: () => void;
  readonly onEnded: (jobs: readonly JobId[]) => void;
}

const newest = 50;

/** What consumers ask of the exchange. */
export class JobDesk {
  readonly #options: JobDeskOptions;

  constructor(options: JobDeskOptions) {
    this.#options = options;
  }

  /**
   * Takes a job, once its artefacts are here and its module may run.
   * @throws {HearthworkError} `job/unknown-artefact`, `job/bad-module`, `job/too-late`, `market/too-little`
   */
  async submit(consumer: ConsumerId, spec: JobSpec): Promise<StoredJob> {
    const { store, clock, onNew } = this.#options;
    if (Date.parse(spec.deadline) <= clock.now()) {
      throw new HearthworkError({
        code: "job/too-late",
        message: "The job's deadline has gone by; give a later one",
      });
    }
    await this.#checkModule(spec);
    if (spec.input !== null && (await this.#options.artefacts.size(spec.input)) === undefined) {
      throw unknownArtefact("input", spec.input);
    }
    const id = JobId(`j${randomBytes(6).toString("hex")}`);
    await store.submitJob({ id, consumer, spec }, clock.now());
    onNew();
    return this.job(consumer, id);
  }

  async list(consumer: ConsumerId): Promise<StoredJob[]> {
    return this.#options.store.jobs({ consumer, limit: newest });
  }

  /** @throws {HearthworkError} `api/not-found` also for another consumer's */
  async job(consumer: ConsumerId, id: JobId): Promise<StoredJob> {
    const [job] = await this.#options.store.jobs({ consumer, id, limit: 1 });
    if (job) return job;
    throw new HearthworkError({ code: "api/not-found", message: `There is no job ${id} of yours` });
  }

  async cancel(consumer: ConsumerId, id: JobId): Promise<StoredJob> {
    await this.job(consumer, id);
    const { store, clock, onEnded } = this.#options;
    const outcome = { state: "cancelled", why: "its owner cancelled it" } as const;
    const ended = await store.endJob(id, outcome, clock.now());
    if (ended.length > 0) onEnded(ended);
    return this.job(consumer, id);
  }

  async #checkModule({ module, memoryMiB }: JobSpec): Promise<void> {
    const { artefacts } = this.#options;
    const size = await artefacts.size(module);
    if (size === undefined) throw unknownArtefact("module", module);
    if (size > maxModuleBytes) throw badModule(`it is longer than ${maxModuleBytes} bytes`);
    const verdict = judgeModule(await buffer(artefacts.read(module)));
    if (verdict.kind === "refused") throw badModule(verdict.why);
    if (verdict.maxMemoryMiB > memoryMiB) {
      throw badModule(`it may use ${verdict.maxMemoryMiB} MiB, and the job's memoryMiB is ${memoryMiB}`);
    }
  }
}

const unknownArtefact = (what: string, of: Digest) =>
  new HearthworkError({
    code: "job/unknown-artefact",
    message: `The job's ${what} ${of} is not here; send it first`,
    data: { digest: of },
  });
const badModule = (why: string) =>
  new HearthworkError({ code: "job/bad-module", message: `The job's module may not run: ${why}` });
