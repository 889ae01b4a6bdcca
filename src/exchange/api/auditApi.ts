import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { AuditEntry, ExchangeStore } from "../../store/index.ts";
import { auditRoutes } from "../../wire/index.ts";
import { auditCsv } from "../people/auditCsv.ts";

/** Serves who did what. */
export function serveAudit(app: FastifyInstance, { people }: ExchangeStore): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({
    ...auditRoutes.audit,
    async handler({ query }) {
      const entries = await people.audit(query);
      return {
        entries: entries.map(viewOf),
        next: entries.length === query.limit ? (entries.at(-1)?.id ?? null) : null,
      };
    },
  });
  api.route({
    ...auditRoutes.auditFile,
    handler: async ({ query }, reply) => send(reply, auditCsv(people, query)),
  });
}

const send = (reply: FastifyReply, table: AsyncIterable<string>) =>
  reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", 'attachment; filename="hearthwork-audit.csv"')
    .send(Readable.from(table));

const viewOf = ({ at, ...entry }: AuditEntry) => ({ ...entry, at: new Date(at).toISOString() });
