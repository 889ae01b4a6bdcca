import { type Kysely, sql, type Transaction } from "kysely";
import { type Digest, type Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import { agreementOf, isBanned, withdrawn } from "../../jobs/index.ts";
import {
  appealReturn,
  forfeited,
  heldAccount,
  ownAccount,
  type Posting,
  redress,
} from "../../market/index.ts";
import { askingOn } from "../prepared.ts";
import { holdBalances, post } from "./ledger.ts";
import { overrule } from "./overrule.ts";
import { specOf } from "./specText.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

const mostClosed = 50;

interface JudgedAppeal {
  readonly lease: number;
  readonly task: number;
  readonly again: number;
  readonly provider: ProviderId;
  readonly price: string;
  readonly deposit: string;
  readonly said: Digest;
  readonly saidOutput: Uint8Array | null;
  readonly foundOutput: Uint8Array | null;
  readonly job: string;
  readonly spec: string;
  /** What the judge found, and for how much; null: nobody judged it. */
  readonly found: Digest | null;
  readonly cost: string | null;
}

export interface DecidedAppeals {
  readonly upheld: readonly { readonly lease: number; readonly provider: ProviderId }[];
  readonly replaced: readonly { readonly job: JobId; readonly index: number }[];
  readonly banned: readonly ProviderId[];
}

/** Draws the consequences of appeals that are judged, each in a transaction of its own. */
export async function closeAppeals(db: Db, at: Instant): Promise<DecidedAppeals> {
  const { rows } = await sql<{ lease: number }>`
    select appeal.lease from appeal join task on task.id = appeal.again
    where appeal.state = 'running' and task.state <> 'open' order by appeal.lease limit ${mostClosed}`.execute(
    db,
  );
  const decided = [];
  for (const { lease } of rows) {
    decided.push(await db.transaction().execute((transaction) => decide(transaction, lease, at)));
  }
  return {
    upheld: decided.flatMap(({ upheld }) => upheld),
    replaced: decided.flatMap(({ replaced }) => replaced),
    banned: decided.flatMap(({ banned }) => banned),
  };
}

/** Locks the task, the exchange's accounts, then leases, other accounts, providers, the appeal. */
async function decide(
  transaction: Transaction<ExchangeTables>,
  lease: number,
  at: Instant,
): Promise<DecidedAppeals> {
  const nothing = { upheld: [], replaced: [], banned: [] };
  await sql`select id from task where id = (select task from lease where id = ${lease}::bigint) for update`.execute(
    transaction,
  );
  const till = await openTill(transaction);
  const { rows } = await sql<JudgedAppeal>`
    select appeal.lease, lease.task, appeal.again, appeal.provider, lease.price::text as price,
      deposit::text as deposit, lease.digest as said, judge.digest as found, judge.price::text as cost,
      lease.output as "saidOutput", judge.output as "foundOutput", job.id as job, job.spec
    from appeal join lease on lease.id = appeal.lease join job on job.id = lease.job join task as again on again.id = appeal.again
      left join lease as judge on judge.id = again.result
    where appeal.lease = ${lease}::bigint and appeal.state = 'running'`.execute(transaction);
  const [judged] = rows;
  if (!judged) return nothing;
  const { provider } = judged;
  const state = judged.found === null ? "failed" : isUpheldBy(judged, judged.found) ? "upheld" : "rejected";
  const outcome = state === "upheld" ? await replaceWhatStands(transaction, judged, at) : nothing;
  const deposit = Micros(BigInt(judged.deposit));
  const back = state === "rejected" ? Micros(deposit - BigInt(judged.cost ?? 0)) : deposit;
  till.give(back, (amount, from) => appealReturn(provider, lease, amount, from));
  if (state === "upheld") {
    const lost = await restore(transaction, judged);
    const owed = Micros(BigInt(judged.price) + lost);
    till.give(owed, (amount, from) => redress(provider, lease, amount, from));
  }
  await post(askingOn(transaction), till.postings, at);
  await sql`update appeal set state = ${state} where lease = ${lease}::bigint`.execute(transaction);
  return { ...outcome, upheld: state === "upheld" ? [{ lease, provider }] : [] };
}

const isUpheldBy = ({ lease, job, spec, said, saidOutput, foundOutput }: JudgedAppeal, found: Digest) =>
  agreementOf(specOf({ id: job, spec, bid: "0" }).compare)(
    { lease, digest: said, output: saidOutput },
    { lease, digest: found, output: foundOutput },
  );

/** What the exchange can give back, of what was forfeited and then of its own; nobody else spends of it meanwhile. */
async function openTill(transaction: Transaction<ExchangeTables>) {
  const accounts = [forfeited, ownAccount] as const;
  const left = new Map(await holdBalances(askingOn(transaction), accounts));
  const postings: Posting[] = [];
  return {
    postings,
    /** As far as there is so much. */
    give(amount: Micros, posting: (amount: Micros, from: (typeof accounts)[number]) => Posting): void {
      let owed: bigint = amount;
      for (const from of accounts) {
        const balance = left.get(from) ?? 0n;
        const part = Micros(owed < balance ? owed : balance);
        if (part <= 0n) continue;
        postings.push(posting(part, from));
        left.set(from, Micros(balance - part));
        owed -= part;
      }
    },
  };
}

/** What stands is doubted by the judge's word, which is the last; where it stands already, nothing is. */
async function replaceWhatStands(
  transaction: Transaction<ExchangeTables>,
  { task, again, said }: JudgedAppeal,
  at: Instant,
) {
  const { rows } = await sql<{ id: number }>`
    insert into recheck (lease, task, job, provider, noted_at, state, again)
    select result.id, task.id, task.job, result.provider, ${at}::bigint, 'running', ${again}::bigint
    from task join lease as result on result.id = task.result where task.id = ${task}::bigint and result.digest <> ${said}
    on conflict (lease) do update set state = 'running', again = excluded.again, replacement = null
    returning lease as id`.execute(transaction);
  return overrule(
    transaction,
    rows.map(({ id }) => id),
    at,
    { isBlamed: false },
  );
}

/**
 * The verdict is taken back, and with it the ban that came of it.
 * @returns what the ban cost it of its pay for results that stand
 */
async function restore(
  transaction: Transaction<ExchangeTables>,
  { provider, lease }: JudgedAppeal,
): Promise<bigint> {
  const { rows } = await sql<{ streak: number; wrong: number; vouched: boolean; banned: boolean }>`
    select streak, wrong, vouched, banned from provider where id = ${provider} for update`.execute(
    transaction,
  );
  const [row] = rows;
  if (!row) return 0n;
  const now = withdrawn({ streak: row.streak, wrong: row.wrong, isVouched: row.vouched });
  const isFreed = row.banned && !isBanned(now);
  await sql`
    update provider set wrong = ${now.wrong}, revoked = revoked and not ${isFreed}::boolean,
      banned = banned and not ${isFreed}::boolean
    where id = ${provider}`.execute(transaction);
  if (!isFreed) return 0n;
  const { rows: lost } = await sql<{ amount: string }>`
    select coalesce(sum(amount), 0)::bigint::text as amount
    from posting join lease on posting.cause = 'forfeit/' || lease.id
    where posting.at >= (select returned_at from lease where id = ${lease}::bigint)
      and posting.debit = ${heldAccount(provider)} and lease.state in ('accepted', 'confirmed')`.execute(
    transaction,
  );
  return BigInt(lost[0]?.amount ?? 0);
}
