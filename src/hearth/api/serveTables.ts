import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError } from "../../domain/index.ts";
import { ledgerRoutes, siteRoutes } from "../../wire/index.ts";
import type { SiteService } from "../siteService.ts";
import { historyOf, spanOf } from "./asked.ts";

/** At once: each keeps the database busy. */
const maxTables = 2;
const maxLedgerDays = 92;

/** Serves what was recorded as tables, a piece at a time. */
export function serveTables(app: FastifyInstance, site: SiteService): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  let running = 0;

  async function send(reply: FastifyReply, name: string, open: () => Promise<AsyncIterable<string>>) {
    if (running >= maxTables) {
      throw new HearthworkError({
        code: "api/unavailable",
        message: "Other tables are being read; ask again when they are done",
        retry: "later",
      });
    }
    running += 1;
    const leave = () => (running -= 1);
    const table = await open().catch((thrown: unknown) => {
      leave();
      throw thrown;
    });
    const stream = Readable.from(table).once("close", leave);
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}.csv"`)
      .send(stream);
  }
  const days = ({ from, to }: { readonly from: string; readonly to: string }) =>
    `${from.slice(0, 10)}-${to.slice(0, 10)}`;

  api.route({
    ...siteRoutes.historyCsv,
    handler({ query }, reply) {
      const asked = historyOf(query);
      return send(reply, `hearthwork-${days(query)}`, () => site.historyCsv(...asked, query.resolution));
    },
  });
  api.route({
    ...ledgerRoutes.intervalsCsv,
    handler({ query }, reply) {
      const span = spanOf(query.from, query.to, maxLedgerDays);
      return send(reply, `hearthwork-ledger-${days(query)}`, async () => site.ledgerCsv(...span));
    },
  });
}
