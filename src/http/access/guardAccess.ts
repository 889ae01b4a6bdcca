import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HearthworkError } from "../../domain/index.ts";
import type { Access, Grant, Scope } from "./access.ts";
import { cookieName, cookieNamed } from "./cookies.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a request needs to be answered; without it a write is its owner's alone, and a read needs `read`. */
    scope?: Scope | "open";
    /** Who is on this machine needs nothing. */
    isOpenLocally?: true;
  }
  interface FastifyRequest {
    /** Undefined where nothing was needed and nothing shown that counts. */
    grant: Grant | undefined;
  }
}

export interface AccessGuard {
  readonly access: Access;
  /** The session's cookie, each server's its own; `__Host-` comes before it where the browser speaks https. */
  readonly cookie: string;
}

const ranks: Readonly<Record<Scope | "open", number>> = { open: 0, read: 1, control: 2, owner: 3 };
const reads = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets a request pass that may do what its route does: by a session's cookie, or a token as `Authorization: Bearer`.
 * While no password is set, this machine may do everything, and nobody else anything.
 */
export function guardAccess(app: FastifyInstance, guard: AccessGuard): void {
  app.decorateRequest("grant");
  app.addHook("onRequest", async (request, reply) => {
    const needed = scopeOf(request);
    if (needed !== "open") reply.header("cache-control", "no-store");
    const grant = grantOf(request, guard);
    if (grant && grant.by === "session" && !reads.has(request.method)) requireOwnPage(request);
    request.grant = grant;
    if (ranks[grant?.scope ?? "open"] >= ranks[needed]) return;
    if (grant) throw notAllowed(`This token may only ${grant.scope}; this takes ${needed}`);
    throw needsLogin(request, reply, guard);
  });
  sweepSessions(app, guard);
}

function scopeOf({ is404, method, routeOptions, caller }: FastifyRequest): Scope | "open" {
  if (is404 || (routeOptions.config.isOpenLocally && caller.isLocal)) return "open";
  return routeOptions.config.scope ?? (reads.has(method) ? "read" : "owner");
}

function grantOf(request: FastifyRequest, { access, cookie }: AccessGuard): Grant | undefined {
  const { authorization, cookie: cookies } = request.headers;
  const bearer = /^Bearer +(.*)$/i.exec(authorization ?? "")?.[1]?.trim();
  const session = cookieNamed(cookieName(cookie, request.caller.scheme === "https"), cookies);
  const grant = access.grantOf({ bearer, session });
  if (grant || bearer !== undefined || !request.caller.isLocal) return grant;
  return access.openGrant();
}

/** Browsers say with each write from which page it comes; that it is ours was seen to before. */
function requireOwnPage({ headers }: FastifyRequest): void {
  if (headers.origin === undefined) {
    throw notAllowed("A write by a page must say its Origin; programs use a token");
  }
}

function needsLogin(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { access }: AccessGuard,
): HearthworkError {
  if (!access.hasPassword() && headers.authorization === undefined) {
    return notAllowed(
      "No owner password is set, so only programs on this machine itself may use this server, and no proxy; " +
        "set one with: hearthwork password set",
    );
  }
  reply.header("www-authenticate", 'Bearer realm="hearthwork"');
  return new HearthworkError({
    code: "access/login-needed",
    message: "Log in on the page, or send a token as Authorization: Bearer TOKEN",
  });
}

const notAllowed = (message: string) => new HearthworkError({ code: "access/not-allowed", message });

/** Live updates and the like end with their session also when nobody asks any more. */
function sweepSessions(app: FastifyInstance, { access }: AccessGuard): void {
  const closed = new AbortController();
  app.addHook("onReady", async () => void access.sweepUntil(closed.signal));
  app.addHook("onClose", async () => closed.abort());
}
