import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Digest, HearthworkError } from "../../domain/index.ts";
import { digest, maxArtefactBytes } from "../../jobs/index.ts";
import { artefactUrl, jobRoutes, maxPartBytes } from "../../wire/index.ts";
import type { ArtefactStore } from "../artefacts/artefactStore.ts";
import { consumerOf } from "../callers.ts";

const params = z.object({ digest });
const partQuery = z.object({
  offset: z.coerce.number().int().nonnegative(),
  total: z.coerce.number().int().min(1).max(maxArtefactBytes),
});

/** Serves artefacts: their bytes as they are, in parts on the way here. */
export function serveArtefacts(app: FastifyInstance, artefacts: ArtefactStore): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  app.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer", bodyLimit: maxPartBytes },
    (_request, body, done) => done(null, body),
  );
  api.route({
    ...jobRoutes.artefactState,
    async handler(request) {
      const owner = consumerOf(request);
      return stateOf(artefacts, request.params.digest, owner);
    },
  });
  api.route({
    method: "GET",
    url: artefactUrl(":digest"),
    config: { scope: "artefacts:read" },
    schema: { summary: "An artefact's bytes", params, produces: ["application/octet-stream"] },
    async handler(request, reply) {
      const bytes = await artefacts.size(request.params.digest);
      if (bytes === undefined) throw unknown(request.params.digest);
      reply.header("content-type", "application/octet-stream").header("content-length", bytes);
      return reply.send(artefacts.read(request.params.digest));
    },
  });
  api.route({
    method: "PUT",
    url: artefactUrl(":digest"),
    bodyLimit: maxPartBytes,
    config: { scope: "jobs:write" },
    schema: {
      summary: "Takes the next part of an artefact; what is here says where to go on",
      consumes: ["application/octet-stream"],
      params,
      querystring: partQuery,
    },
    async handler(request) {
      const owner = consumerOf(request);
      const { offset, total } = request.query;
      if (!Buffer.isBuffer(request.body)) {
        throw new HearthworkError({
          code: "api/bad-request",
          message: "A part is sent as application/octet-stream",
        });
      }
      await artefacts.add({ digest: request.params.digest, owner, offset, total, bytes: request.body });
      return stateOf(artefacts, request.params.digest, owner);
    },
  });
}

async function stateOf(artefacts: ArtefactStore, of: Digest, owner: string) {
  const whole = await artefacts.size(of);
  return whole === undefined
    ? { isWhole: false, bytes: await artefacts.begun(of, owner) }
    : { isWhole: true, bytes: whole };
}

const unknown = (of: Digest) =>
  new HearthworkError({ code: "api/not-found", message: `Artefact ${of} is not here` });
