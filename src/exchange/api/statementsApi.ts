import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { ConsumerId, type Currency, HearthworkError, Instant, ProviderId } from "../../domain/index.ts";
import { consumerAccount, heldAccount, providerAccount } from "../../market/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { receiptRoutes } from "../../wire/index.ts";
import { type Callers, operator } from "../callers.ts";
import { statementCsv } from "../statement.ts";

export interface StatementsApi {
  readonly store: ExchangeStore;
  readonly callers: Callers;
  readonly currency: Currency;
}

export function serveStatements(app: FastifyInstance, { store, callers, currency }: StatementsApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();

  api.route({
    ...receiptRoutes.consumerStatement,
    async handler(request, reply) {
      const id = ConsumerId(request.params.id);
      const caller = await callers.consumerOf(request);
      const mayRead = caller === operator ? await store.isConsumer(id) : caller === id;
      if (!mayRead) throw unknown(`consumer ${id}`);
      return send(reply, id, statementCsv(store, [consumerAccount(id)], spanOf(request.query), currency));
    },
  });
  api.route({
    ...receiptRoutes.providerStatement,
    async handler({ params, query }, reply) {
      const id = ProviderId(params.id);
      if (!(await store.providers()).some((one) => one.id === id)) throw unknown(`provider ${id}`);
      const accounts = [providerAccount(id), heldAccount(id)];
      return send(reply, id, statementCsv(store, accounts, spanOf(query), currency));
    },
  });
}

const send = (reply: FastifyReply, name: string, table: AsyncIterable<string>) =>
  reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="hearthwork-statement-${name}.csv"`)
    .send(Readable.from(table));

function spanOf({ from, to }: { readonly from: string; readonly to: string }) {
  const span = { from: Instant(Date.parse(from)), to: Instant(Date.parse(to)) };
  if (span.from < span.to) return span;
  throw new HearthworkError({
    code: "api/bad-request",
    message: "A statement's end comes after its beginning",
  });
}

const unknown = (what: string) =>
  new HearthworkError({ code: "api/not-found", message: `There is no ${what} here` });
