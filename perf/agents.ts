import { execFileSync } from "node:child_process";
import { Seconds } from "../src/domain/index.ts";
import type { TaskRunner } from "../src/jobs/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { clock, joinExchange, openDispatchBench } from "./dispatchBench.ts";

type Name = "residentMiB" | "peakMiB" | "joinedPerSecond" | "cpuPercent";

const count = 10_000;
const joiningAtOnce = 64;
/** Longer than two rounds of pings. */
const idle = Seconds(25);
const patience = Seconds(180);

export const agents: Benchmark<Name> = {
  title: `${count.toLocaleString("en")} agents, each on a WebSocket of its own over loopback, connected to an exchange on PostgreSQL and idle for ${idle} s: what the exchange's process takes`,
  figures: [
    { name: "residentMiB", unit: "MiB", better: "lower", must: 1024 },
    { name: "peakMiB", unit: "MiB", better: "lower" },
    { name: "joinedPerSecond", unit: "agents/s", better: "higher" },
    { name: "cpuPercent", unit: "% of a core while idle", better: "lower" },
  ],
  async measure() {
    const bench = await openDispatchBench();
    const joiners: Joiner[] = [];
    const losses: string[] = [];
    try {
      const began = clock.monotonic();
      await Promise.all(Array.from({ length: joiningAtOnce }, () => joinAll(bench.address, joiners, losses)));
      const joinedPerSecond = count / (clock.monotonic() - began);
      const before = usageOf(bench.pid);
      const peakMiB = await peakWhileIdle(bench.pid);
      const after = usageOf(bench.pid);
      if (losses.length > 0) throw new Error(`${losses.length} agents were lost while idle: ${losses[0]}`);
      return {
        residentMiB: after.residentMiB,
        peakMiB,
        joinedPerSecond,
        cpuPercent: (100 * (after.cpuSeconds - before.cpuSeconds)) / idle,
      };
    } finally {
      await Promise.all(joiners.map(({ agent }) => agent.close(Seconds(0))));
      await bench.close();
    }
  },
};

type Joiner = ReturnType<typeof joinExchange>;

const idler: TaskRunner = {
  run: () => Promise.reject(new Error("there is nothing to do")),
  close: async () => {},
};

/** Lets one after the other join until there are enough; several do so at once. */
async function joinAll(address: string, joiners: Joiner[], losses: string[]): Promise<void> {
  while (joiners.length < count) {
    const seed = joiners.length;
    const lost = Promise.withResolvers<never>();
    const joiner = joinExchange(address, {
      name: `agent ${seed}`,
      seed,
      slots: 8,
      runner: idler,
      onEvent(event) {
        if (event.kind !== "lost") return;
        losses.push(event.why);
        lost.reject(new Error(`agent ${seed} was lost (${event.why}); ${hint}`));
      },
    });
    joiners.push(joiner);
    const waiting = new AbortController();
    const late = async () => {
      await clock.sleep(patience, waiting.signal);
      throw new Error(`agent ${seed} has not joined within ${patience} s`);
    };
    try {
      await Promise.race([joiner.joined, lost.promise, late()]);
    } finally {
      waiting.abort();
    }
  }
}

const hint = `both processes need ${count} open files and some: see ulimit -Hn`;

async function peakWhileIdle(pid: number): Promise<number> {
  let peak = 0;
  for (const end = clock.monotonic() + idle; clock.monotonic() < end;) {
    await clock.sleep(Seconds(1));
    peak = Math.max(peak, usageOf(pid).residentMiB);
  }
  return peak;
}

function usageOf(pid: number): { readonly residentMiB: number; readonly cpuSeconds: number } {
  const text = execFileSync("ps", ["-o", "rss=,cputimes=", "-p", String(pid)], { encoding: "utf8" });
  const [kib = Number.NaN, cpuSeconds = Number.NaN] = text.trim().split(/\s+/).map(Number);
  return { residentMiB: kib / 1024, cpuSeconds };
}
