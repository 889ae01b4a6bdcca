import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError, ProviderId } from "../../domain/index.ts";
import { providerRoutes } from "../../wire/index.ts";
import { reaches } from "../callers.ts";
import type { ProviderDesk } from "../providerDesk.ts";

export interface ProvidersApi {
  readonly providers: ProviderDesk;
}

export function serveProviders(app: FastifyInstance, { providers }: ProvidersApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({
    ...providerRoutes.provider,
    async handler(request) {
      const id = ProviderId(request.params.id);
      const known = await providers.find(id);
      if (!known || !reaches(request, known)) {
        throw new HearthworkError({ code: "api/not-found", message: `There is no provider ${id} here` });
      }
      return providers.detail(known);
    },
  });
}
