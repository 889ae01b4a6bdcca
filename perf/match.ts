import { Instant, JobId, Micros, ProviderId, seededRandom } from "../src/domain/index.ts";
import { type Ask, type Bid, match } from "../src/market/index.ts";
import type { Benchmark } from "./benchmark.ts";

const size = 100_000;
const consumers = 1000;
const runs = 5;

export const matching: Benchmark<"seconds" | "placed"> = {
  title: `A round of matching: ${size} asks of one slot each, ${size} tasks of as many jobs by ${consumers} consumers; the median of ${runs}`,
  figures: [
    { name: "seconds", unit: "s", better: "lower", must: 1 },
    { name: "placed", unit: "tasks", better: "higher" },
  ],
  async measure() {
    const { asks, bids } = book();
    const measured = Array.from({ length: runs }, () => {
      const began = performance.now();
      const placements = match(asks, bids);
      return { seconds: (performance.now() - began) / 1000, placed: placements.length };
    });
    measured.sort((a, b) => a.seconds - b.seconds);
    return measured[Math.floor(runs / 2)] ?? { seconds: Number.NaN, placed: 0 };
  },
};

function book(): { asks: Ask[]; bids: Bid[] } {
  const chance = seededRandom(1);
  const memory = () => 64 << chance.integer(4);
  const asks = Array.from({ length: size }, (_, i): Ask => ({
    provider: ProviderId(`p${i}`),
    steps: [{ slots: 1, perClassHour: Micros(BigInt(10_000 + chance.integer(40_000))) }],
    memoryMiB: memory(),
    trust: chance.next(),
  }));
  const bids = Array.from({ length: size }, (_, i): Bid => {
    const classSeconds = 1 + chance.integer(600);
    const perHour = 20_000 + chance.integer(40_000);
    return {
      job: JobId(`j${i}`),
      consumer: `c${chance.integer(consumers)}`,
      tasks: 1,
      doers: [],
      classSeconds,
      memoryMiB: memory(),
      ceiling: Micros(BigInt(Math.ceil((perHour * classSeconds) / 3600))),
      deadline: Instant(chance.integer(1e9)),
    };
  });
  return { asks, bids };
}
