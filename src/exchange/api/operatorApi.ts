import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import {
  type Clock,
  ConsumerId,
  type Currency,
  HearthworkError,
  Instant,
  Micros,
  parseMicros,
  PersonId,
  ProviderId,
} from "../../domain/index.ts";
import { consumerAccount, deposit, heldAccount, providerAccount } from "../../market/index.ts";
import { hashOf, newSecret } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import {
  keyScopes,
  operatorRoutes,
  type ProviderList,
  type providerKinds,
  rightsOf,
  toMoney,
} from "../../wire/index.ts";
import { keyMark, personOf, reaches } from "../callers.ts";
import type { Deeds } from "../people/deeds.ts";
import type { ProviderDoor } from "../providers/providerDoor.ts";

const joinMark = "hwj_";
const dayMs = 86_400_000;

export interface OperatorApi {
  readonly store: ExchangeStore;
  readonly door: ProviderDoor;
  readonly deeds: Deeds;
  readonly clock: Clock;
  readonly currency: Currency;
  /** What providers join with. */
  readonly address: string;
}

export function serveOperator(
  app: FastifyInstance,
  { store, door, deeds, clock, currency, address }: OperatorApi,
): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const money = (amount: Micros) => toMoney(amount, currency);

  const providers = async (request: FastifyRequest): Promise<ProviderList> => {
    const [known, balances] = await Promise.all([store.providers(), store.balances()]);
    return {
      providers: known
        .filter((one) => reaches(request, one))
        .map(({ id, name, kind, joinedAt, isRevoked, standing, owner }) => {
          const session = door.sessionOf(id);
          return {
            id,
            name,
            kind: kind as (typeof providerKinds)[number],
            joinedAt: new Date(joinedAt).toISOString(),
            isRevoked,
            owner,
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
    async handler(request) {
      const id = ProviderId(request.params.id);
      const known = (await store.providers()).find((one) => one.id === id);
      if (!known || !reaches(request, known)) throw unknown(`provider ${id}`);
      await store.revokeProvider(id, deeds.of(request, { action: "provider/revoke", subject: id }));
      door.revoke(id);
      return providers(request);
    },
  });
  api.route({
    ...operatorRoutes.joinToken,
    async handler(request) {
      const person = personOf(request);
      const { machines, days } = request.body;
      const token = joinMark + newSecret();
      const expiresAt = Instant(clock.now() + days * dayMs);
      const deed = deeds.of(request, {
        action: "provider/invite",
        subject: person,
        detail: machines === 1 ? "a machine" : `${machines} machines`,
      });
      await store.people.addJoinToken({ hash: hashOf(token), person, machines, expiresAt }, deed);
      return { address: `${address}.${token}`, expiresAt: new Date(expiresAt).toISOString() };
    },
  });
  api.route({
    ...operatorRoutes.vouch,
    async handler(request) {
      const id = ProviderId(request.params.id);
      const { isVouched } = request.body;
      const action = isVouched ? "provider/vouch" : "provider/unvouch";
      const deed = deeds.of(request, { action, subject: id });
      if (!(await store.vouchFor(id, isVouched, deed))) throw unknown(`provider ${id}`);
      const [known] = await store.providersAfter("", 1, [id]);
      if (known) door.sessionOf(id)?.believe(known.standing);
      return providers(request);
    },
  });
  api.route({
    ...operatorRoutes.createConsumer,
    async handler(request) {
      const id = PersonId(request.body.id);
      const key = keyMark + newSecret();
      const scopes = keyScopes.filter((scope) => rightsOf(["consumer"]).has(scope));
      await store.people.addWithKey(
        { id, roles: ["consumer"], password: null },
        { hash: hashOf(key), name: "first", scopes, createdAt: clock.now(), expiresAt: null },
        deeds.of(request, { action: "person/create", subject: id, detail: "consumer, with a key" }),
      );
      return { id, key };
    },
  });
  api.route({
    ...operatorRoutes.deposit,
    async handler(request) {
      const { params, body } = request;
      const id = ConsumerId(params.id);
      if (!(await store.isConsumer(id))) throw unknown(`consumer ${id}`);
      const detail = `${body.amount} ${currency}, ${params.reference}`;
      const deed = deeds.of(request, { action: "ledger/deposit", subject: id, detail });
      const posting = deposit(id, `${id}/${params.reference}`, parseMicros(body.amount));
      if (
        !(await store.post([posting], clock.now(), deed)) &&
        (await store.amountPosted(posting.cause)) !== posting.amount
      ) {
        throw new HearthworkError({
          code: "api/conflict",
          message: `Another amount was taken in with the reference ${params.reference}; give this deposit a reference of its own`,
        });
      }
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
