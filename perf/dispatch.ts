import { Seconds } from "../src/domain/index.ts";
import type { AgentEvent } from "../src/agent/index.ts";
import type { TaskRunner } from "../src/jobs/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { clock, type DispatchBench, openDispatchBench, submit } from "./dispatchBench.ts";

type Name = "tasksPerSecond" | "batchedTasksPerSecond" | "p99LeaseMs";

const agents = 4;
const slots = 8;
const inFlight = agents * slots;
const singles = 2000;
const warmUp = 200;
const batch = 10_000;
const pacedPerSecond = 300;
const pacedTasks = 1500;

export const dispatch: Benchmark<Name> = {
  title: `Submit, lease and result, each durable on PostgreSQL with fsync, by ${agents} agents of ${slots} slots: jobs of one task, then one of ${batch}, then ${pacedPerSecond} tasks a second`,
  figures: [
    { name: "tasksPerSecond", unit: "tasks/s", better: "higher", must: 600, goal: 1500 },
    { name: "batchedTasksPerSecond", unit: "tasks/s", better: "higher", must: 2000, goal: 5000 },
    { name: "p99LeaseMs", unit: "ms", better: "lower", must: 20 },
  ],
  async measure() {
    const bench = await openDispatchBench();
    try {
      const watch = new TaskWatch();
      await bench.agents(agents, slots, watch.runner, watch.onEvent);
      await oneByOne(bench, watch, warmUp);
      const tasksPerSecond = singles / (await oneByOne(bench, watch, singles));
      const batchedTasksPerSecond = batch / (await inBatch(bench, watch, batch));
      watch.beginPaced(Seconds(inFlight / pacedPerSecond));
      await inBatch(bench, watch, pacedTasks);
      const waits = watch.waits.toSorted((a, b) => a - b);
      return {
        tasksPerSecond,
        batchedTasksPerSecond,
        p99LeaseMs: waits[Math.floor(0.99 * waits.length)] ?? Number.NaN,
      };
    } finally {
      await bench.close();
    }
  },
};

/** What the agents do and when. */
class TaskWatch {
  #pace = Seconds(0);
  /** From a slot's task being done to the next lease, while tasks wait, ms. */
  readonly waits: number[] = [];
  readonly #freeSince: number[][] = [];
  readonly #jobs = new Map<number, string>();
  readonly #settled = new Map<string, { count: number; awaited: number; resolve: () => void }>();

  /** From now on each task takes so long; what waits for the next job to be submitted is left out. */
  beginPaced(pace: Seconds): void {
    this.#pace = pace;
    this.waits.length = 0;
    this.#freeSince.length = 0;
  }

  readonly runner: TaskRunner = {
    run: async () => {
      if (this.#pace > 0) await clock.sleep(this.#pace);
      return { kind: "output", output: new Uint8Array(8), seconds: 0 };
    },
    close: async () => {},
  };

  readonly onEvent = (event: AgentEvent, agent: number) => {
    const free = (this.#freeSince[agent] ??= []);
    if (event.kind === "leased") {
      this.#jobs.set(event.lease, event.job);
      const since = free.shift();
      if (since !== undefined) this.waits.push(performance.now() - since);
    }
    if (event.kind === "settled") {
      free.push(performance.now());
      const job = this.#jobs.get(event.lease) ?? "";
      this.#jobs.delete(event.lease);
      const known = this.#of(job);
      known.count += 1;
      if (known.count >= known.awaited) known.resolve();
    }
  };

  /** Until so many tasks of a job are settled. */
  done(job: string, tasks: number): Promise<void> {
    const known = this.#of(job);
    return new Promise((resolve) => {
      if (known.count >= tasks) resolve();
      else Object.assign(known, { awaited: tasks, resolve });
    });
  }

  #of(job: string) {
    const known = this.#settled.get(job) ?? { count: 0, awaited: Infinity, resolve: () => {} };
    this.#settled.set(job, known);
    return known;
  }
}

/** Seconds for so many jobs of one task, as many at once as there are slots. */
async function oneByOne(
  { consumers, module }: DispatchBench,
  watch: TaskWatch,
  jobs: number,
): Promise<number> {
  const began = performance.now();
  let left = jobs;
  const worker = async (at: number) => {
    const consumer = consumers[at % consumers.length];
    if (!consumer) return;
    while (left-- > 0) await watch.done(await submit(consumer, module, 1), 1);
  };
  await Promise.all(Array.from({ length: inFlight }, (_, at) => worker(at)));
  return (performance.now() - began) / 1000;
}

/** Seconds for one job of so many tasks. */
async function inBatch(
  { consumers, module }: DispatchBench,
  watch: TaskWatch,
  tasks: number,
): Promise<number> {
  const began = performance.now();
  const [consumer] = consumers;
  if (consumer) await watch.done(await submit(consumer, module, tasks), tasks);
  return (performance.now() - began) / 1000;
}
