import { randomUUID } from "node:crypto";
import { type Clock, type ConsumerId, HearthworkError, JobId } from "../domain/index.ts";
import type { JobSpec } from "../jobs/index.ts";
import { type Deed, type ExchangeStore, type NewJob, newlyStored, type StoredJob } from "../store/index.ts";
import { type Ask, type BookQuote, quoteFromBook } from "../market/index.ts";
import { jobsPage } from "../wire/index.ts";
import { bidOfSpec } from "./bidOfSpec.ts";
import type { ArtefactStore } from "./artefacts/artefactStore.ts";
import { betweenBatches } from "./dispatcher.ts";
import { gather } from "./gather.ts";
import { ModuleExaminer, unknownArtefact } from "./moduleExaminer.ts";

export interface JobDeskOptions {
  readonly store: ExchangeStore;
  readonly artefacts: ArtefactStore;
  readonly clock: Clock;
  /** By who is connected here. */
  readonly asks: () => readonly Ask[];
  /** That there is a new job, or that jobs ended. */
  readonly onNew: () => void;
  readonly onEnded: (jobs: readonly JobId[]) => void;
}

/** Of a UUID's first 48 bits, all of which are random; Node draws many of them at once. */
export const newJobId = (): JobId => JobId(`j${randomUUID().replace("-", "").slice(0, 12)}`);

const mostSubmitted = 256;

/** What consumers ask of the exchange. */
export class JobDesk {
  readonly #options: JobDeskOptions;
  readonly #modules: ModuleExaminer;
  readonly #take: (job: NewJob) => Promise<StoredJob | HearthworkError>;

  constructor(options: JobDeskOptions) {
    const { store, clock, artefacts } = options;
    this.#options = options;
    this.#modules = new ModuleExaminer(artefacts);
    this.#take = gather(
      mostSubmitted,
      async (jobs) => {
        const at = clock.now();
        const refused = await store.submitJobs(jobs, at);
        if (refused.size < jobs.length) options.onNew();
        return (job) => refused.get(job.id) ?? newlyStored(job, at);
      },
      () => clock.sleep(betweenBatches),
    );
  }

  /**
   * Takes a job, once its artefacts are here and its module may run.
   * @throws {HearthworkError} `job/unknown-artefact`, `job/bad-module`, `job/too-late`, `market/too-little`
   */
  async submit(consumer: ConsumerId, spec: JobSpec): Promise<StoredJob> {
    const { clock, artefacts } = this.#options;
    if (Date.parse(spec.deadline) <= clock.now()) {
      throw new HearthworkError({
        code: "job/too-late",
        message: "The job's deadline has gone by; give a later one",
      });
    }
    await this.#modules.examine(spec);
    if (spec.input !== null && (await artefacts.size(spec.input)) === undefined) {
      throw unknownArtefact("input", spec.input);
    }
    const id = newJobId();
    const outcome = await this.#take({ id, consumer, spec });
    if (outcome instanceof HearthworkError) throw outcome;
    return outcome;
  }

  /** What a job would find among what is asked here now. */
  quote(spec: JobSpec): BookQuote {
    const { asks, clock } = this.#options;
    return quoteFromBook(asks(), bidOfSpec(spec, spec.tasks, clock.now()));
  }

  /** The newest jobs, or those before one of them; of one consumer, or of all where none is given. */
  async list(consumer: ConsumerId | undefined, before: JobId | undefined): Promise<StoredJob[]> {
    return this.#options.store.jobs({ consumer, before, limit: jobsPage });
  }

  /** @throws {HearthworkError} `api/not-found` also for another consumer's, where one is given */
  async job(consumer: ConsumerId | undefined, id: JobId): Promise<StoredJob> {
    const [job] = await this.#options.store.jobs({ consumer, id, limit: 1 });
    if (job) return job;
    throw new HearthworkError({
      code: "api/not-found",
      message: `There is no job ${id}${consumer === undefined ? "" : " of yours"}`,
    });
  }

  async cancel(consumer: ConsumerId, id: JobId, deed: Deed): Promise<StoredJob> {
    await this.job(consumer, id);
    const { store, clock, onEnded } = this.#options;
    const outcome = { state: "cancelled", why: "its owner cancelled it" } as const;
    if (await store.endJob(id, outcome, clock.now(), deed)) onEnded([id]);
    return this.job(consumer, id);
  }
}
