import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import {
  type Clock,
  ConsumerId,
  type Currency,
  HearthworkError,
  Instant,
  Micros,
  plus,
  ProviderId,
  Seconds,
} from "../../domain/index.ts";
import { consumerAccount, heldAccount, providerAccount } from "../../market/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { accountDays, accountPage, consumerAccountRoutes, receiptRoutes, toMoney } from "../../wire/index.ts";
import { isOperator, reaches } from "../callers.ts";
import { statementCsv } from "../statement.ts";

export interface StatementsApi {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly currency: Currency;
}

export function serveStatements(app: FastifyInstance, { store, clock, currency }: StatementsApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();

  /** A consumer whose account somebody may look at: his own, or as operator any. */
  const readable = async (request: FastifyRequest, name: string): Promise<ConsumerId> => {
    const id = ConsumerId(name);
    const mayRead = isOperator(request) || request.grant?.holder?.id === id;
    if (!mayRead || !(await store.isConsumer(id))) throw unknown(`consumer ${id}`);
    return id;
  };

  api.route({
    ...consumerAccountRoutes.consumerAccount,
    async handler(request) {
      const id = await readable(request, request.params.id);
      const since = plus(clock.now(), Seconds(-accountDays * 86_400));
      const account = consumerAccount(id);
      const [balance, reserves, lines] = await Promise.all([
        store.balanceOf(account),
        store.reserves(id, accountPage),
        store.newestLines({ account, since, before: request.query.before, limit: accountPage }),
      ]);
      const money = (amount: Micros) => toMoney(amount, currency);
      return {
        id,
        balance: money(balance),
        reserved: money(Micros(reserves.reduce((sum, { amount }) => sum + amount, 0n))),
        jobs: reserves.map(({ job, name, amount }) => ({ id: job, name, reserved: money(amount) })),
        since: new Date(since).toISOString(),
        lines: lines.map(({ at, amount, ...line }) => ({
          ...line,
          at: new Date(at).toISOString(),
          amount: money(amount),
        })),
        next: lines.length === accountPage ? (lines.at(-1)?.id ?? null) : null,
      };
    },
  });
  api.route({
    ...receiptRoutes.consumerStatement,
    async handler(request, reply) {
      const id = await readable(request, request.params.id);
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
