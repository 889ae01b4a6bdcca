import { sql, type Transaction } from "kysely";
import { type Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import { trustRules } from "../../jobs/index.ts";
import { clawBack, forfeit, providerAccount } from "../../market/index.ts";
import { askingOn } from "../prepared.ts";
import { holdBalances, post } from "./ledger.ts";
import { holdStandings, noteChecks } from "./standings.ts";
import type { ExchangeTables } from "./tables.ts";

interface Overruled {
  readonly id: number;
  readonly task: number;
  readonly provider: ProviderId;
  readonly price: string;
  readonly settled: boolean;
  readonly copied: boolean;
}

/**
 * Puts what others found in the place of results that were done again and found wrong: their leases are wrong, what was
 * paid for them is taken back as far as it is there, and whoever had agreed with them was wrong too. Locks tasks, then
 * leases, accounts, providers.
 * @param doubted leases of which the verdict is that they were wrong
 * @param isBlamed that verdict is noted in their providers' standing already
 */
export async function overrule(
  transaction: Transaction<ExchangeTables>,
  doubted: readonly number[],
  at: Instant,
  { isBlamed }: { readonly isBlamed: boolean },
): Promise<{
  readonly replaced: { readonly job: JobId; readonly index: number }[];
  readonly banned: ProviderId[];
}> {
  await sql`select id from task where id in (select task from (${chainOf(doubted)}) as chain)
    order by id for update`.execute(transaction);
  const { rows } = await sql<{ lease: number; task: number; job: JobId; index: number; result: number }>`
    select chain.lease, chain.task, chain.job, task.position as index, again.result
    from (${chainOf(doubted)}) as chain join recheck on recheck.lease = chain.doubted
      join task as again on again.id = recheck.again join task on task.id = chain.task
    where recheck.state = 'running' and again.result is not null order by chain.lease`.execute(transaction);
  if (rows.length === 0) return { replaced: [], banned: [] };
  const tasks = rows.map(({ task }) => task);
  const overruled = await judgeWrong(transaction, tasks);
  const real = overruled.filter(({ copied }) => !copied);
  await takeBack(transaction, real, at);
  const banned = await blame(
    transaction,
    real.filter(({ id }) => !isBlamed || !doubted.includes(id)),
    at,
  );
  const results = rows.map(({ result }) => result);
  await sql`
    with closed as (update recheck set state = 'replaced', replacement = new.result
      from unnest(${rows.map(({ lease }) => lease)}::bigint[], ${results}::bigint[]) as new (lease, result)
      where recheck.lease = new.lease)
    update task set result = new.result
    from unnest(${tasks}::bigint[], ${results}::bigint[]) as new (task, result)
    where task.id = new.task and task.state = 'done'`.execute(transaction);
  return { replaced: rows.map(({ job, index }) => ({ job, index })), banned };
}

/** What is doubted, and what was believed since it agreed with that: a result may have been what another's was compared with. */
const chainOf = (doubted: readonly number[]) => sql`
  with recursive chain (doubted, lease, task, job) as (
    select lease, lease, task, job from recheck where lease = any(${[...doubted]}::bigint[])
    union select chain.doubted, up.lease, up.task, up.job from chain join recheck as up on up.again = chain.task)
  select * from chain`;

/** All that was believed of these tasks: it agreed with what is wrong. */
async function judgeWrong(
  transaction: Transaction<ExchangeTables>,
  tasks: readonly number[],
): Promise<Overruled[]> {
  const { rows } = await sql<Overruled>`
    with held as (select id, task, provider, price, settled, source is not null as copied from lease
      where task = any(${[...tasks]}::bigint[]) and state in ('accepted', 'confirmed') order by id for update),
    judged as (update lease set state = 'wrong', settled = true where id in (select id from held))
    select id, task, provider, price::text as price, settled, copied from held order by id`.execute(
    transaction,
  );
  return rows;
}

async function takeBack(
  transaction: Transaction<ExchangeTables>,
  leases: readonly Overruled[],
  at: Instant,
): Promise<void> {
  if (leases.length === 0) return;
  const accounts = [...new Set(leases.map(({ provider }) => providerAccount(provider)))].toSorted();
  const left = new Map(await holdBalances(askingOn(transaction), accounts));
  const postings = leases.flatMap(({ id, provider, price, settled }) => {
    const paid = { lease: id, provider, price: Micros(BigInt(price)) };
    const account = providerAccount(provider);
    const back = clawBack(paid, trustRules.heldShare, left.get(account) ?? Micros(0n));
    for (const { amount } of back) left.set(account, Micros((left.get(account) ?? 0n) - amount));
    return settled ? back : [...back, ...forfeit(paid, trustRules.heldShare)];
  });
  await post(askingOn(transaction), postings, at);
}

/** Whose results were done again has had his verdict with that; those who agreed with him have it now. */
async function blame(
  transaction: Transaction<ExchangeTables>,
  leases: readonly Overruled[],
  at: Instant,
): Promise<ProviderId[]> {
  if (leases.length === 0) return [];
  const checked = leases.map(({ provider }) => ({ provider, outcome: "wrong" }) as const);
  const asking = askingOn(transaction);
  const [held] = await asking.ask(holdStandings(checked));
  return noteChecks(asking, checked, held, at);
}
