import type { AuditEntry, PeopleStore } from "../../store/index.ts";

const page = 1000;
const lineEnd = "\r\n";
const columns = ["id", "time", "actor", "address", "action", "subject", "outcome", "detail"];

/** The audit log as a table (RFC 4180), the newest first, in pieces. */
export async function* auditCsv(
  people: PeopleStore,
  filter: Omit<Parameters<PeopleStore["audit"]>[0], "limit" | "before">,
): AsyncGenerator<string> {
  yield columns.join() + lineEnd;
  let before: number | undefined;
  for (let isMore = true; isMore;) {
    const entries = await people.audit({ ...filter, before, limit: page });
    if (entries.length > 0) yield entries.map(lineOf).join("");
    before = entries.at(-1)?.id;
    isMore = entries.length === page;
  }
}

const lineOf = ({ id, at, actor, address, action, subject, outcome, detail }: AuditEntry): string =>
  [String(id), new Date(at).toISOString(), actor, address, action, subject, outcome, detail]
    .map(field)
    .join() + lineEnd;

/** A spreadsheet takes what begins like a formula for one: the quote before it keeps it a text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
