import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { ConsumerId, type Currency, HearthworkError, Instant, ProviderId } from "../../domain/index.ts";
import { consumerAccount, heldAccount, providerAccount } from "../../market/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { receiptRoutes } from "../../wire/index.ts";
import { isOperator, reaches } from "../callers.ts";
import { statementCsv } from "../statement.ts";

export interface StatementsApi {
  readonly store: ExchangeStore;
  readonly currency: Currency;
}

export function serveStatements(app: FastifyInstance, { store, currency }: StatementsApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();

  api.route({
    ...receiptRoutes.consumerStatement,
    async handler(request, reply) {
      const id = ConsumerId(request.params.id);
      const mayRead = isOperator(request) || request.grant?.holder?.id === id;
      if (!mayRead || !(await store.isConsumer(id))) throw unknown(`consumer ${id}`);
      return send(reply, id, statementCsv(store, [consumerAccount(id)], spanOf(request.query), currency));
    },
  });
  api.route({
    ...receiptRoutes.providerStatement,
    async handler(request, reply) {
      const { params, query } = request;
      const id = ProviderId(params.id);
      const known = (await store.providers()).find((one) => one.id === id);
      if (!known || !reaches(request, known)) throw unknown(`provider ${id}`);
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
