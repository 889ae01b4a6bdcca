import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Clock, type Currency, HearthworkError, ProviderId } from "../../domain/index.ts";
import { checkChance, trustIn } from "../../jobs/index.ts";
import type { ExchangeStore, StoredProvider } from "../../store/index.ts";
import { toMoney, verdictRoutes, type Verdicts, verdictsTold } from "../../wire/index.ts";
import { reaches } from "../callers.ts";
import { newJobId } from "../jobDesk.ts";
import type { Deeds } from "../people/deeds.ts";

export interface VerdictsApi {
  readonly store: ExchangeStore;
  readonly deeds: Deeds;
  readonly clock: Clock;
  readonly currency: Currency;
}

export function serveVerdicts(app: FastifyInstance, { store, deeds, clock, currency }: VerdictsApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();

  const find = async (request: FastifyRequest, id: ProviderId): Promise<StoredProvider> => {
    const [known] = await store.providersAfter("", 1, [id]);
    if (known && reaches(request, known)) return known;
    throw new HearthworkError({ code: "api/not-found", message: `There is no provider ${id} here` });
  };
  const verdictsOn = async ({ id, isRevoked, standing }: StoredProvider): Promise<Verdicts> => ({
    standing: { ...standing, isRevoked, trust: trustIn(standing), checkShare: checkChance(standing) },
    wrong: (await store.wrongVerdicts(id, verdictsTold)).map(({ returnedAt, price, ...verdict }) => ({
      ...verdict,
      returnedAt: new Date(returnedAt).toISOString(),
      price: toMoney(price, currency),
    })),
  });

  api.route({
    ...verdictRoutes.verdicts,
    handler: async (request) => verdictsOn(await find(request, ProviderId(request.params.id))),
  });
  api.route({
    ...verdictRoutes.appeal,
    async handler(request) {
      const known = await find(request, ProviderId(request.params.id));
      const { lease } = request.body;
      const deed = deeds.of(request, {
        action: "provider/appeal",
        subject: known.id,
        detail: `lease ${lease}`,
      });
      await store.appeal({ provider: known.id, lease, id: newJobId() }, clock.now(), deed);
      return verdictsOn(known);
    },
  });
}
