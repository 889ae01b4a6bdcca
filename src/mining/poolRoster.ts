import {
  type ClientNext,
  type ClientSettings,
  type ClientState,
  type ClientWork,
  type FailoverEvent,
  type Hit,
  startFailover,
  stepFailover,
} from "../bitcoin/index.ts";
import { type Clock, Seconds } from "../domain/index.ts";
import type { PoolAddress } from "./miner.ts";
import { parsePoolUrl } from "./poolUrl.ts";
import { connectToPool, type PoolConnection, type PoolEffect } from "./stratum/connectToPool.ts";
import { steadyNow } from "./stratum/steadyNow.ts";

export interface PoolRosterOptions {
  /** The preferred first. */
  readonly pools: readonly PoolAddress[];
  readonly clock: Clock;
  readonly agent: string;
  readonly suggestedDifficulty: number;
  /** How long a spare is used before the preferred pools are tried again. */
  readonly retryPreferredAfter: Seconds;
  /** There is other work to do than before; undefined: none. */
  onWork(work: PoolWork | undefined): void;
  onShare(share: Extract<PoolEffect, { readonly kind: "share" }>): void;
  /** From now on this pool is mined at. */
  onUse(pool: PoolAddress): void;
  onLost(pool: PoolAddress, why: string): void;
  onNotice(pool: PoolAddress, message: string): void;
}

/** Work, and the way back for what is found. */
export interface PoolWork {
  readonly work: ClientWork;
  submit(hit: Hit): void;
}

/** Several pools, of which one at a time is mined at. */
export interface PoolRoster {
  /** The pool that is mined at. */
  using(): { readonly pool: PoolAddress; readonly session: ClientState } | undefined;
  close(): Promise<void>;
}

interface Entry {
  readonly index: number;
  readonly address: PoolAddress;
  readonly host: string;
  readonly port: number;
  connection: PoolConnection | undefined;
  /** To go on with a lost session. */
  resume: string | undefined;
  /** It hangs up on `mining.configure`. */
  plain: boolean;
}

const tickEvery = Seconds(1);
/** A pool that wants to be left alone for longer is given up for another. */
const longestWait = Seconds(10);

/**
 * Keeps a connection to the first pool that answers.
 * @throws {HearthworkError} `mining/bad-pool-url`.
 */
export function openPoolRoster(options: PoolRosterOptions): PoolRoster {
  const { clock, pools } = options;
  const entries = pools.map((address, index): Entry => ({
    index,
    address,
    ...parsePoolUrl(address.url),
    connection: undefined,
    resume: undefined,
    plain: false,
  }));
  const ended = new AbortController();
  let failover = startFailover({ pools: entries.length, retryPreferredAfter: options.retryPreferredAfter });
  let used: Entry | undefined;

  const decide = (event: FailoverEvent) => {
    const step = stepFailover(failover, event, steadyNow(clock));
    failover = step.state;
    for (const effect of step.effects) {
      const entry = entries[effect.pool];
      if (!entry) continue;
      if (effect.kind === "connect") open(entry, entry);
      else if (effect.kind === "disconnect") leave(entry);
      else use(entry);
    }
  };

  const use = (entry: Entry) => {
    used = entry;
    options.onUse(entry.address);
    giveWork(entry);
  };
  const giveWork = (entry: Entry) => {
    const { connection } = entry;
    const work = connection?.state().work;
    const submit = (hit: Hit) => connection?.feed({ kind: "hit", hit });
    options.onWork(work && { work, submit });
  };
  const stopUsing = (entry: Entry) => {
    if (used !== entry) return;
    used = undefined;
    options.onWork(undefined);
  };

  const open = (entry: Entry, { host, port }: { readonly host: string; readonly port: number }) => {
    entry.connection?.close();
    const connection: PoolConnection = connectToPool({
      clock,
      settings: settingsOf(entry, host, port, options),
      onEffect: (effect) => take(entry, effect),
      onEnd: (why, next) => {
        entry.resume = connection.state().sessionId;
        entry.connection = undefined;
        void lose(entry, why, next);
      },
    });
    entry.connection = connection;
  };

  const leave = (entry: Entry) => {
    entry.connection?.close();
    entry.connection = undefined;
    entry.resume = undefined;
    stopUsing(entry);
  };

  const lose = async (entry: Entry, why: string, next: ClientNext) => {
    stopUsing(entry);
    if (next.kind === "plain") {
      entry.plain = true;
      return open(entry, entry);
    }
    if (next.kind === "reconnect" && next.wait <= longestWait) {
      await clock.sleep(next.wait, ended.signal);
      if (ended.signal.aborted || entry.connection) return undefined;
      return open(entry, next);
    }
    options.onLost(entry.address, why);
    return decide({ kind: "failed", pool: entry.index, why });
  };

  const take = (entry: Entry, effect: PoolEffect) => {
    switch (effect.kind) {
      case "authorized":
        decide({ kind: "authorized", pool: entry.index });
        return failover.using?.pool === entry.index && used !== entry ? use(entry) : undefined;
      case "work":
        return used === entry ? giveWork(entry) : undefined;
      case "share":
        return options.onShare(effect);
      case "notice":
        return options.onNotice(entry.address, effect.message);
    }
  };

  const keepTicking = async () => {
    while (!ended.signal.aborted) {
      await clock.sleep(tickEvery, ended.signal);
      if (ended.signal.aborted) return;
      for (const { connection } of entries) connection?.feed({ kind: "tick" });
      decide({ kind: "tick" });
    }
  };

  decide({ kind: "start" });
  const ticking = keepTicking();
  return {
    using() {
      const session = used?.connection?.state();
      return used && session && { pool: used.address, session };
    },
    async close() {
      ended.abort();
      for (const entry of entries) leave(entry);
      await ticking;
    },
  };
}

const settingsOf = (
  { address, resume, plain }: Entry,
  host: string,
  port: number,
  { agent, suggestedDifficulty }: PoolRosterOptions,
): ClientSettings => ({
  agent,
  user: address.user,
  password: address.password,
  host,
  port,
  suggestedDifficulty,
  ...(resume === undefined ? {} : { resume }),
  ...(plain ? { plain } : {}),
});
