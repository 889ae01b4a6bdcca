import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError, type Seconds } from "../../domain/index.ts";
import { accessRoutes, type SessionView } from "../../wire/index.ts";
import type { Grant, LoginOutcome } from "./access.ts";
import type { AccessGuard, OwnerDeed } from "./guardAccess.ts";
import { setSession, shownSession } from "./sessionCookie.ts";

/** Serves login, logout, the password and tokens. */
export function serveAccess(app: FastifyInstance, guard: AccessGuard): void {
  const { access, cookie, others } = guard;
  const api = app.withTypeProvider<ZodTypeProvider>();
  const note = async (
    action: OwnerDeed["action"],
    request: FastifyRequest,
    { subject = "owner", outcome = "done" }: Partial<Pick<OwnerDeed, "subject" | "outcome">> = {},
  ) => others?.noteOwner({ action, subject, outcome }, request);
  const tokens = () => ({
    tokens: access.tokens.kept().map(({ name, scope, createdAt }) => {
      return { name, scope, createdAt: new Date(createdAt).toISOString() };
    }),
  });

  api.route({ ...accessRoutes.session, handler: async ({ grant }) => viewOf(access.hasPassword(), grant) });
  api.route({
    ...accessRoutes.logIn,
    handler: async (request, reply) => {
      const outcome = await access.login(request.body.password, request.caller);
      if (outcome.kind === "wrong") await note("session/begin", request, { outcome: "refused" });
      if (outcome.kind !== "in") throw refusal(outcome, request, reply);
      await note("session/begin", request);
      request.log.info({ address: request.caller.address }, "the owner logged in");
      await endShown(request);
      setSession(cookie, request, reply, outcome.session);
      return viewOf(true, { scope: "owner", by: "session" });
    },
  });
  api.route({
    ...accessRoutes.logOut,
    handler: async (request, reply) => {
      const { grant } = request;
      if (grant?.by === "session" && grant.scope === "owner") await note("session/end", request);
      await endShown(request);
      setSession(cookie, request, reply, undefined);
      return viewOf(access.hasPassword(), undefined);
    },
  });
  api.route({
    ...accessRoutes.setPassword,
    handler: async (request, reply) => {
      const { grant, body, caller } = request;
      if (grant?.by === "session") {
        const outcome = await access.checkPassword(body.current ?? "", caller);
        if (outcome !== "right") throw refusal(outcome, request, reply);
      }
      await access.setPassword(body.password);
      await note("password/change", request);
      request.log.info({ address: caller.address }, "the owner's password was set; every session ended");
      if (grant?.by === "process") return viewOf(true, grant);
      setSession(cookie, request, reply, access.beginSession());
      return viewOf(true, { scope: "owner", by: "session" });
    },
  });
  api.route({ ...accessRoutes.listTokens, handler: async () => tokens() });
  api.route({
    ...accessRoutes.createToken,
    handler: async (request) => {
      const { name, scope } = request.body;
      const token = access.createToken(name, scope);
      await note("token/create", request, { subject: name });
      return { token };
    },
  });
  api.route({
    ...accessRoutes.revokeToken,
    handler: async (request) => {
      const { params } = request;
      if (access.tokens.revoke(params.name)) {
        await note("token/revoke", request, { subject: params.name });
        return tokens();
      }
      throw new HearthworkError({
        code: "api/not-found",
        message: `There is no token "${params.name}"`,
        data: { name: params.name },
      });
    },
  });

  async function endShown(request: FastifyRequest): Promise<void> {
    const shown = shownSession(cookie, request);
    if (shown === undefined) return;
    access.logout(shown);
    await others?.endSession(shown, request.caller);
  }
}

const viewOf = (passwordSet: boolean, grant: Pick<Grant, "scope" | "by"> | undefined): SessionView => ({
  passwordSet,
  grant: grant === undefined ? null : { scope: grant.scope, by: grant.by },
});

function refusal(
  outcome: Exclude<LoginOutcome, { readonly kind: "in" }>,
  request: FastifyRequest,
  reply: FastifyReply,
): HearthworkError {
  if (outcome.kind === "wrong") {
    request.log.warn({ address: request.caller.address }, "a wrong password was tried");
    return new HearthworkError({ code: "access/wrong-password", message: "This is not the password" });
  }
  if (outcome.kind === "no-password") {
    return new HearthworkError({
      code: "api/conflict",
      message: "No owner password is set, so there is nothing to log in with",
    });
  }
  return tooManyTries(outcome.seconds, reply);
}

/** A refusal that says when to try again. */
export function tooManyTries(wait: Seconds, reply: FastifyReply): HearthworkError {
  const seconds = Math.ceil(wait);
  reply.header("retry-after", String(seconds));
  return new HearthworkError({
    code: "access/too-many-tries",
    message: `Too many passwords were tried; try again in ${seconds} s`,
    data: { seconds },
    retry: "later",
  });
}
