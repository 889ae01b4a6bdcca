import { hashesPerDifficulty, type ServedShare } from "../../bitcoin/index.ts";
import { HashesPerSecond, type Instant } from "../../domain/index.ts";

/** What one worker, by the name it gave, has done since the pool started. */
export interface WorkerRow {
  readonly user: string;
  readonly connected: boolean;
  /** From the shares of the last ten minutes. */
  readonly hashrate: HashesPerSecond;
  /** Asked of it at last. */
  readonly difficulty: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly stale: number;
  /** As a difficulty; 0 before the first. */
  readonly bestShare: number;
  readonly lastShareAt: Instant | undefined;
}

export interface WorkerShare {
  readonly outcome: ServedShare;
  readonly user: string;
  readonly difficulty: number;
  /** What its hash would have met; at least `difficulty` when accepted. */
  readonly reached: number;
}

/** Who mines here, and what they found. */
export interface WorkerLedger {
  join(user: string, difficulty: number, now: Instant): void;
  leave(user: string): void;
  ask(user: string, difficulty: number): void;
  share(share: WorkerShare, now: Instant): void;
  /** The busiest first. */
  rows(now: Instant): readonly WorkerRow[];
}

const slotMs = 60_000;
const slots = 10;

interface Account {
  readonly user: string;
  readonly joinedAt: Instant;
  connections: number;
  difficulty: number;
  accepted: number;
  rejected: number;
  stale: number;
  bestShare: number;
  lastShareAt: Instant | undefined;
  /** Accepted difficulty by minute: a ring whose newest is `newestSlot`. */
  readonly found: Float64Array;
  newestSlot: number;
}

/** @param mostWorkers of whom it keeps account; the one that has been away longest is forgotten for a new one. */
export function createWorkerLedger(mostWorkers: number): WorkerLedger {
  const accounts = new Map<string, Account>();

  const forgetOne = () => {
    let oldest: Account | undefined;
    for (const account of accounts.values()) {
      if (account.connections > 0) continue;
      if (!oldest || (account.lastShareAt ?? account.joinedAt) < (oldest.lastShareAt ?? oldest.joinedAt))
        oldest = account;
    }
    const [first] = accounts.keys();
    accounts.delete(oldest?.user ?? first ?? "");
  };

  const accountOf = (user: string, now: Instant) => {
    const known = accounts.get(user);
    if (known) return known;
    if (accounts.size >= mostWorkers) forgetOne();
    const account = openAccount(user, now);
    accounts.set(user, account);
    return account;
  };

  return {
    join(user, difficulty, now) {
      const account = accountOf(user, now);
      account.connections += 1;
      account.difficulty = difficulty;
    },
    leave(user) {
      const account = accounts.get(user);
      if (account) account.connections = Math.max(0, account.connections - 1);
    },
    ask(user, difficulty) {
      const account = accounts.get(user);
      if (account) account.difficulty = difficulty;
    },
    share({ outcome, user, difficulty, reached }, now) {
      const account = accountOf(user, now);
      if (outcome === "accepted") {
        turnTo(account, now);
        const slot = account.newestSlot % slots;
        account.found[slot] = (account.found[slot] ?? 0) + difficulty;
        account.accepted += 1;
        account.bestShare = Math.max(account.bestShare, reached);
        account.lastShareAt = now;
      } else if (outcome === "stale") account.stale += 1;
      else account.rejected += 1;
    },
    rows: (now) =>
      Array.from(accounts.values(), (account) => rowOf(account, now)).sort((a, b) => b.hashrate - a.hashrate),
  };
}

const openAccount = (user: string, now: Instant): Account => ({
  user,
  joinedAt: now,
  connections: 0,
  difficulty: 0,
  accepted: 0,
  rejected: 0,
  stale: 0,
  bestShare: 0,
  lastShareAt: undefined,
  found: new Float64Array(slots),
  newestSlot: Math.floor(now / slotMs),
});

/** Empties the slots of the minutes that have passed. A clock that was put back counts into the newest slot. */
function turnTo(account: Account, now: Instant): void {
  const slot = Math.floor(now / slotMs);
  if (slot <= account.newestSlot) return;
  for (let passed = Math.max(account.newestSlot, slot - slots) + 1; passed <= slot; passed += 1)
    account.found[passed % slots] = 0;
  account.newestSlot = slot;
}

function rowOf(account: Account, now: Instant): WorkerRow {
  turnTo(account, now);
  const windowStart = Math.max(account.joinedAt, (account.newestSlot - slots + 1) * slotMs);
  const seconds = Math.max(1, (now - windowStart) / 1000);
  const found = account.found.reduce((sum, difficulty) => sum + difficulty, 0);
  const connected = account.connections > 0;
  const { user, difficulty, accepted, rejected, stale, bestShare, lastShareAt } = account;
  const hashrate = HashesPerSecond((found * hashesPerDifficulty) / seconds);
  return { user, connected, hashrate, difficulty, accepted, rejected, stale, bestShare, lastShareAt };
}
