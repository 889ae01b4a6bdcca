import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import {
  type Clock,
  ConsumerId,
  type Currency,
  HearthworkError,
  Micros,
  ProviderId,
  parseMicros,
} from "../../domain/index.ts";
import { consumerAccount, deposit, heldAccount, providerAccount } from "../../market/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { operatorRoutes, type ProviderList, type providerKinds, toMoney } from "../../wire/index.ts";
import type { Callers } from "../callers.ts";
import type { ProviderDoor } from "../providers/providerDoor.ts";

export interface OperatorApi {
  readonly store: ExchangeStore;
  readonly door: ProviderDoor;
  readonly callers: Callers;
  readonly clock: Clock;
  readonly currency: Currency;
}

export function serveOperator(
  app: FastifyInstance,
  { store, door, callers, clock, currency }: OperatorApi,
): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const money = (amount: Micros) => toMoney(amount, currency);

  const providers = async (): Promise<ProviderList> => {
    const [known, balances] = await Promise.all([store.providers(), store.balances()]);
    return {
      providers: known.map(({ id, name, kind, joinedAt, isRevoked, standing }) => {
        const session = door.sessionOf(id);
        return {
          id,
          name,
          kind: kind as (typeof providerKinds)[number],
          joinedAt: new Date(joinedAt).toISOString(),
          isRevoked,
          ...standing,
          isConnected: session !== undefined,
          slots: session?.slots ?? 0,
          asks: (session?.asks ?? []).map(({ slots, perClassHour }) => ({
            slots,
            perClassHour: money(perClassHour),
          })),
          running: session?.running ?? 0,
          earned: money(balances.get(providerAccount(id)) ?? Micros(0n)),
          held: money(balances.get(heldAccount(id)) ?? Micros(0n)),
        };
      }),
    };
  };

  api.route({ ...operatorRoutes.providers, handler: providers });
  api.route({
    ...operatorRoutes.revokeProvider,
    async handler({ params }) {
      const id = ProviderId(params.id);
      if (!(await store.revokeProvider(id))) throw unknown(`provider ${id}`);
      door.revoke(id);
      return providers();
    },
  });
  api.route({
    ...operatorRoutes.vouch,
    async handler({ params, body }) {
      const id = ProviderId(params.id);
      if (!(await store.vouchFor(id, body.isVouched))) throw unknown(`provider ${id}`);
      return providers();
    },
  });
  api.route({
    ...operatorRoutes.createConsumer,
    async handler({ body }) {
      const id = ConsumerId(body.id);
      return { id, key: await callers.open(id) };
    },
  });
  api.route({
    ...operatorRoutes.deposit,
    async handler({ params, body }) {
      const id = ConsumerId(params.id);
      if (!(await store.isConsumer(id))) throw unknown(`consumer ${id}`);
      await store.post([deposit(id, `${id}/${params.reference}`, parseMicros(body.amount))], clock.now());
      return { balance: money(await store.balanceOf(consumerAccount(id))) };
    },
  });
  api.route({
    ...operatorRoutes.balances,
    async handler() {
      const balances = [...(await store.balances())];
      return {
        accounts: balances.map(([id, balance]) => ({ id, balance: money(balance) })),
        sum: money(balances.reduce((sum, [, balance]) => Micros(sum + balance), Micros(0n))),
      };
    },
  });
}

const unknown = (what: string) =>
  new HearthworkError({ code: "api/not-found", message: `There is no ${what} here` });
