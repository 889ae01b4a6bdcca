import type { ClientBase } from "pg";
import { HearthworkError } from "../domain/index.ts";

/** The one hearth that may write to a database. */
export interface SoleWriter {
  /** Its connection's application name, by which it knows itself again. */
  readonly id: string;
  /**
   * Takes the lock for as long as the connection lives.
   * @throws {HearthworkError} `store/in-use` while another hearth has it
   */
  takeLock(client: ClientBase): Promise<void>;
  /** Resolves when the lock was this hearth's and is another's now. */
  readonly lost: Promise<HearthworkError>;
}

/** Any number, the same for all programs that write this schema: "hwrk". */
const lockNumber = 0x6877726b;
/** A hearth that was killed is let go of within moments. */
const waitMs = 3000;
const pauseMs = 250;
/** Of one whose computer lost its power the server hears nothing: it asks after 5 s, and gives up 6 s later. */
const noticeDeadHolders = `
  set tcp_keepalives_idle = 5;
  set tcp_keepalives_interval = 2;
  set tcp_keepalives_count = 3`;
const holderOfLock = `
  select holder.pid, holder.application_name as id, host(holder.client_addr) as address
  from pg_locks join pg_stat_activity as holder using (pid)
  where locktype = 'advisory' and granted and classid = 0 and objid = $1 and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())`;

interface Holder {
  readonly pid: number;
  readonly id: string | null;
  readonly address: string | null;
}

/** @param database what to call it in messages */
export function soleWriter(id: string, database: string): SoleWriter {
  const { promise: lost, resolve: lose } = Promise.withResolvers<HearthworkError>();
  let hadIt = false;

  return {
    id,
    lost,
    async takeLock(client) {
      await client.query(noticeDeadHolders);
      for (const deadline = performance.now() + waitMs; ;) {
        if (await tryLock(client)) {
          hadIt = true;
          return;
        }
        const holder = await findHolder(client);
        const isOurGhost = holder?.id === id;
        if (holder && isOurGhost) await client.query("select pg_terminate_backend($1)", [holder.pid]);
        else if (hadIt && holder) {
          const fault = inUse(database, holder);
          lose(fault);
          throw fault;
        }
        if (performance.now() > deadline) throw inUse(database, holder);
        await new Promise((resolve) => {
          setTimeout(resolve, pauseMs);
        });
      }
    },
  };
}

async function tryLock(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ gained: boolean }>("select pg_try_advisory_lock($1) as gained", [
    lockNumber,
  ]);
  return rows[0]?.gained === true;
}

async function findHolder(client: ClientBase): Promise<Holder | undefined> {
  const { rows } = await client.query<Holder>(holderOfLock, [lockNumber]);
  return rows[0];
}

function inUse(database: string, holder: Holder | undefined): HearthworkError {
  const where = holder?.address ? ` at ${holder.address}` : "";
  return new HearthworkError({
    code: "store/in-use",
    message: `${database} is in use by another hearth${where}; stop that one, or give each its own with --database`,
    data: { holder: holder?.address ?? null, backend: holder?.pid ?? null },
    retry: "later",
  });
}
