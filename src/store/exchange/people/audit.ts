import { type Kysely, type Transaction } from "kysely";
import type { Instant } from "../../../domain/index.ts";
import type { ExchangeTables } from "../tables.ts";

/** What somebody did or tried, as the audit log keeps it. */
export interface Deed {
  readonly at: Instant;
  /** A person's id, or `owner`, `exchange`, or `nobody` who is known. */
  readonly actor: string;
  /** From where. */
  readonly address: string;
  /** Like `key/create`. */
  readonly action: string;
  /** What it was done to. */
  readonly subject: string;
  readonly outcome: "done" | "refused";
  /** In words; no secrets. */
  readonly detail: string;
}
export interface AuditEntry extends Deed {
  readonly id: number;
}

export interface AuditSpan {
  /** Entries before this one. */
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  /** Or what it begins with. */
  readonly action?: string | undefined;
  readonly limit: number;
}

const longest = 500;
const short = (text: string) => text.slice(0, longest);

/** Adds to the audit log. */
export async function note(db: Kysely<ExchangeTables>, deed: Deed): Promise<void> {
  const { at, actor, address, action, subject, outcome, detail } = deed;
  await db
    .insertInto("audit_entry")
    .values({
      at,
      actor: short(actor),
      address: short(address),
      action,
      subject: short(subject),
      outcome,
      detail: short(detail),
    })
    .execute();
}

/** Does something together with its note: both or neither. What came to nothing, `false`, is not noted. */
export function audited<Outcome>(
  db: Kysely<ExchangeTables>,
  deed: Deed | undefined,
  work: (transaction: Transaction<ExchangeTables>) => Promise<Outcome>,
): Promise<Outcome> {
  return db.transaction().execute(async (transaction) => {
    const outcome = await work(transaction);
    if (deed && outcome !== false) await note(transaction, deed);
    return outcome;
  });
}

/** The newest first. */
export async function readAudit(
  db: Kysely<ExchangeTables>,
  { before, actor, subject, action, limit }: AuditSpan,
): Promise<AuditEntry[]> {
  let query = db.selectFrom("audit_entry").selectAll().orderBy("id", "desc").limit(limit);
  if (before !== undefined) query = query.where("id", "<", before);
  if (actor !== undefined) query = query.where("actor", "=", actor);
  if (subject !== undefined) query = query.where("subject", "=", subject);
  if (action !== undefined)
    query = query.where((where) => where.fn("starts_with", ["action", where.val(action)]));
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, at: row.at as Instant }));
}
