import { type Instant, plus, Seconds } from "../../../domain/index.ts";
import { targetOfDifficulty } from "../../difficulty.ts";
import { encodeTarget } from "../../target.ts";
import type { TemplateWork } from "../../templateWork.ts";
import { encodeJobBody } from "../stratumJob.ts";
import { noHashes, type SeenHashes } from "./seenHashes.ts";

/** What shares of one difficulty are measured by. */
export interface Bar {
  readonly difficulty: number;
  /** 32 bytes, little-endian. */
  readonly target: Uint8Array;
}

/** Work as one miner was given it; a change of difficulty gives the same work anew, under another id. */
export interface ServedJob {
  readonly id: string;
  readonly work: TemplateWork;
  readonly bar: Bar;
  /** The bar before it was raised, which counts for a moment longer. */
  readonly formerBar: (Bar & { readonly until: Instant }) | undefined;
  /** What was accepted at this work, under any id. Filled in place. */
  readonly accepted: SeenHashes;
}

/** Jobs of one miner whose shares count. */
export interface ServedJobs {
  readonly byId: ReadonlyMap<string, ServedJob>;
  /** Ids of jobs that have become void, the newest last. */
  readonly voided: readonly string[];
  /** Jobs given so far. */
  readonly given: number;
}

/** What a miner that was given a higher bar has to take notice. */
const grace = Seconds(10);
const mostJobs = 8;
const mostVoided = 32;

export const noJobs: ServedJobs = { byId: new Map(), voided: [], given: 0 };

export const barOf = (difficulty: number): Bar => ({
  difficulty,
  target: encodeTarget(targetOfDifficulty(difficulty)),
});

/** Gives out work; `clean` voids all that was given before. */
export function addJob(
  jobs: ServedJobs,
  { work, bar, former, clean }: { work: TemplateWork; bar: Bar; former: Bar | undefined; clean: boolean },
  now: Instant,
): { readonly jobs: ServedJobs; readonly job: ServedJob } {
  const earlier = [...jobs.byId.values()];
  const again = earlier.find((job) => job.work === work);
  const job: ServedJob = {
    id: again ? `${work.id}.${jobs.given}` : work.id,
    work,
    bar,
    formerBar:
      former && former.difficulty < bar.difficulty ? { ...former, until: plus(now, grace) } : undefined,
    accepted: again?.accepted ?? noHashes(),
  };
  const kept = clean ? [] : earlier.slice(-(mostJobs - 1));
  const dropped = earlier.slice(0, earlier.length - kept.length).map(({ id }) => id);
  return {
    job,
    jobs: {
      byId: new Map([...kept, job].map((job) => [job.id, job])),
      voided: [...jobs.voided, ...dropped].filter((id) => id !== job.id).slice(-mostVoided),
      given: jobs.given + 1,
    },
  };
}

const bodies = new WeakMap<TemplateWork, string>();

/** The line that gives out a job. */
export function encodeNotify({ id, work }: ServedJob, clean: boolean): string {
  let body = bodies.get(work);
  if (body === undefined) {
    body = encodeJobBody(work);
    bodies.set(work, body);
  }
  return `{"id":null,"method":"mining.notify","params":[${JSON.stringify(id)},${body},${clean}]}\n`;
}
