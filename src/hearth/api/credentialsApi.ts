import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError } from "../../domain/index.ts";
import { credentialsRoutes } from "../../wire/index.ts";
import type { CredentialsFile } from "../credentials.ts";

/** Serves the names of a site's logins at devices, and takes new ones. No answer holds a password. */
export function serveCredentialsApi(app: FastifyInstance, credentials: CredentialsFile | undefined): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const list = () => ({ credentials: [...(credentials?.list() ?? [])] });
  const kept = () => {
    if (credentials) return credentials;
    throw new HearthworkError({
      code: "api/conflict",
      message: "This home is virtual and keeps nothing, so it takes no credentials",
    });
  };

  api.route({ ...credentialsRoutes.listCredentials, handler: async () => list() });
  api.route({
    ...credentialsRoutes.setCredentials,
    handler: async ({ params, body }) => {
      kept().set(params.name, body);
      return list();
    },
  });
  api.route({
    ...credentialsRoutes.removeCredentials,
    handler: async ({ params }) => {
      if (kept().remove(params.name)) return list();
      throw new HearthworkError({
        code: "api/not-found",
        message: `There are no credentials "${params.name}"`,
        data: { name: params.name },
      });
    },
  });
}
