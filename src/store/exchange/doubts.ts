import { type RawBuilder, sql } from "kysely";
import type { Instant, ProviderId } from "../../domain/index.ts";
import { trustRules } from "../../jobs/index.ts";

/**
 * The statement, if there are any, that notes that the newest results of providers who were caught with a wrong one are
 * to be done again: those within the audit window that no other machine in good standing has confirmed and that were not
 * known before, and no more at once than the rules say.
 */
export function noteDoubts(caught: readonly ProviderId[], at: Instant): RawBuilder<unknown>[] {
  if (caught.length === 0) return [];
  const noted = sql`
    insert into recheck (lease, task, job, provider, noted_at, state)
    select doubted.id, doubted.task, doubted.job, doubted.provider, ${at}::bigint, 'waiting'
    from unnest(${[...caught]}::text[]) as caught (id),
      lateral (select lease.id, lease.task, lease.job, lease.provider from lease
        where lease.provider = caught.id and lease.state in ('accepted', 'confirmed') and not lease.settled
          and not exists (select from recheck where recheck.lease = lease.id)
          and not exists (select from lease as other join provider on provider.id = other.provider
            where other.task = lease.task and other.id <> lease.id and other.state in ('accepted', 'confirmed')
              and other.source is null and not provider.revoked)
          and (select count(*) from lease as copy where copy.task = lease.task and copy.source is not null) < 2
        order by lease.id desc
        limit greatest(0, ${trustRules.recheckTasks} - (select count(*) from recheck
          where recheck.state in ('waiting', 'running') and recheck.provider = caught.id))) as doubted
    order by doubted.id on conflict (lease) do nothing`;
  return [noted];
}
