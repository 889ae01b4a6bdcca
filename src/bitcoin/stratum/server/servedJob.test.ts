import { expect, it } from "vitest";
import { Instant } from "../../../domain/index.ts";
import { block1 } from "./block1.suite.ts";
import { addJob, barOf, noJobs, type ServedJobs } from "./servedJob.ts";

const now = Instant(0);

/** After so many works, each given `times` times over as where the difficulty changes. */
function jobsAfter(works: number, times: number, clean: (work: number) => boolean): ServedJobs {
  let jobs = noJobs;
  for (let work = 0; work < works; work++) {
    const given = { ...block1, id: `work-${work}` };
    for (let time = 0; time < times; time++) {
      const isClean = time === 0 && clean(work);
      ({ jobs } = addJob(jobs, { work: given, bar: barOf(1), former: undefined, clean: isClean }, now));
    }
  }
  return jobs;
}

it.each([
  ["works follow each other", 1, () => false],
  ["tips follow each other", 1, () => true],
  ["the difficulty changes all the time", 20, (work: number) => work % 10 === 0],
])("holds eight jobs and remembers 32 voided ones at most, however long %s", (_case, times, clean) => {
  const jobs = jobsAfter(1000, times, clean);
  expect(jobs.byId.size).toBeLessThanOrEqual(8);
  expect(jobs.voided.length).toBe(32);
  expect(jobs.given).toBe(1000 * times);
});
