import { describe, expect, it } from "vitest";
import { Instant } from "../../domain/index.ts";
import { createWorkerLedger, type WorkerShare } from "./workerLedger.ts";

const start = 1_800_000_000_000;
const at = (seconds: number) => Instant(start + seconds * 1000);
const share = (user: string, fields: Partial<WorkerShare> = {}): WorkerShare => ({
  outcome: "accepted",
  user,
  difficulty: 1,
  reached: 1,
  ...fields,
});

describe("the ledger of workers", () => {
  it("counts what became of each share, and keeps the best", () => {
    const ledger = createWorkerLedger(10);
    ledger.join("ann", 2, at(0));
    ledger.ask("ann", 4);
    for (const outcome of ["accepted", "stale", "duplicate", "low-difficulty", "invalid"] as const)
      ledger.share(share("ann", { outcome, reached: 9 }), at(1));
    ledger.share(share("ann", { reached: 5 }), at(2));
    expect(ledger.rows(at(2))).toMatchObject([
      { user: "ann", connected: true, difficulty: 4, accepted: 2, stale: 1, rejected: 3, bestShare: 9 },
    ]);
  });

  it("tells the hash rate of the last ten minutes", () => {
    const ledger = createWorkerLedger(10);
    ledger.join("ann", 1, at(0));
    for (let second = 0; second < 1200; second += 10) ledger.share(share("ann"), at(second));
    const steady = 2 ** 32 / 10;
    expect(ledger.rows(at(1200))[0]?.hashrate).toBeCloseTo(steady, -8);
    expect(ledger.rows(at(1500))[0]?.hashrate).toBeLessThan(steady * 0.6);
    expect(ledger.rows(at(1900))[0]?.hashrate).toBe(0);
  });

  it("does not take the time before a worker came as idle", () => {
    const ledger = createWorkerLedger(10);
    ledger.join("ann", 1, at(0));
    for (let second = 0; second < 120; second += 10) ledger.share(share("ann"), at(second));
    expect(ledger.rows(at(120))[0]?.hashrate).toBeCloseTo(2 ** 32 / 10, -8);
  });

  it("goes on when the clock is put back", () => {
    const ledger = createWorkerLedger(10);
    ledger.share(share("ann"), at(0));
    ledger.share(share("ann"), at(-7200));
    expect(ledger.rows(at(-7200))[0]?.accepted).toBe(2);
    expect(ledger.rows(at(-7200))[0]?.hashrate).toBeGreaterThan(0);
  });

  it("forgets who has been away longest when there are too many", () => {
    const ledger = createWorkerLedger(3);
    for (const [i, user] of ["old", "older", "here"].entries()) ledger.join(user, 1, at(i));
    ledger.share(share("older"), at(5));
    ledger.share(share("old"), at(9));
    ledger.leave("old");
    ledger.leave("older");
    ledger.join("new", 1, at(10));
    expect(new Set(ledger.rows(at(10)).map(({ user }) => user))).toEqual(new Set(["here", "old", "new"]));
    for (let i = 0; i < 100; i += 1) ledger.join(`flood${i}`, 1, at(20));
    expect(ledger.rows(at(20))).toHaveLength(3);
  });
});
