import type { Benchmark } from "./benchmark.ts";

/** Every benchmark by the name it is called with; a file is read only when its benchmark runs. */
export const registry: Readonly<Record<string, () => Promise<Benchmark>>> = {
  kernel: async () => (await import("./kernel.ts")).kernel,
  pool: async () => (await import("./pool.ts")).pool,
  dispatch: async () => (await import("./dispatch.ts")).dispatch,
  agents: async () => (await import("./agents.ts")).agents,
  match: async () => (await import("./match.ts")).matching,
  drivers: async () => (await import("./drivers.ts")).drivers,
  planner: async () => (await import("./planner.ts")).planner,
  "plan-steps": async () => (await import("./planSteps.ts")).planSteps,
  physics: async () => (await import("./physics.ts")).physics,
  tick: async () => (await import("./tick.ts")).tick,
};
