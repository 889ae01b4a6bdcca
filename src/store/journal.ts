import { type Expression, type SqlBool, sql } from "kysely";
import { HearthworkError, HeaterId, Instant, type SiteEvent } from "../domain/index.ts";
import type { Database } from "./database.ts";
import { storable } from "./recordTick.ts";
import type { DecisionRecord, EventPage, Page } from "./store.ts";

export const longestPage = 500;

/** Newest first. What shares the last one's instant comes along, so that paging by time skips nothing. */
export async function readEvents({ reader }: Database, page: EventPage): Promise<readonly SiteEvent[]> {
  const rows = await reader
    .selectFrom("event")
    .selectAll()
    .$if(page.before !== undefined, (query) => query.where("at", "<", beforeOf(page)))
    .$if(page.levels !== undefined, (query) => query.where(sql<SqlBool>`level = any(${page.levels}::text[])`))
    .$if(page.subject !== undefined, (query) => query.where("subject", "=", storable(page.subject ?? "")))
    .$if(page.text !== undefined, (query) => query.where(says(sql.ref("message"), page)))
    .orderBy("at", "desc")
    .fetch(limitOf(page), "with ties")
    .execute();
  rows.sort((a, b) => b.at - a.at || b.id - a.id);
  return rows.map(({ at, level, code, subject, message }) => ({
    at: Instant(at),
    level: level as SiteEvent["level"],
    code,
    subject,
    message,
  }));
}

/** As `readEvents`. */
export async function readDecisions({ reader }: Database, page: Page): Promise<readonly DecisionRecord[]> {
  const rows = await reader
    .selectFrom("decision")
    .selectAll()
    .$if(page.before !== undefined, (query) => query.where("at", "<", beforeOf(page)))
    .$if(page.subject !== undefined, (query) => query.where("heater", "=", storable(page.subject ?? "")))
    .$if(page.text !== undefined, (query) => query.where(says(sql.ref("reason"), page)))
    .orderBy("at", "desc")
    .fetch(limitOf(page), "with ties")
    .execute();
  rows.sort((a, b) => b.at - a.at || b.id - a.id);
  return rows.map(({ at, heater, setpoint_watts, workload, reason }) => ({
    at: Instant(at),
    heaterId: HeaterId(heater),
    setpointWatts: setpoint_watts,
    workload: workload as DecisionRecord["workload"],
    reason,
  }));
}

const says = (words: Expression<unknown>, { text = "" }: Page) =>
  sql<SqlBool>`strpos(lower(${words}), lower(${storable(text)}::text)) > 0`;

const beforeOf = ({ before }: Page) => Math.ceil(before ?? 0);

function limitOf({ limit }: Page): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= longestPage) return limit;
  throw new HearthworkError({
    code: "store/bad-page",
    message: `a page holds 1 to ${longestPage} entries, not ${limit}`,
    data: { limit: String(limit) },
  });
}
