import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HearthworkError } from "../../domain/index.ts";
import type { Right } from "../../wire/index.ts";
import type { Access, Grant, Scope } from "./access.ts";
import type { Caller } from "./caller.ts";
import { shownSession } from "./sessionCookie.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a request needs to be answered; without it a write is its owner's alone, and a read needs `read`. */
    scope?: Scope | Right | "open";
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
  /** Who else is let in; without them, the owner alone. */
  readonly others?: Others;
}

/** Those that a server knows beside its owner. */
export interface Others {
  grantOf(shown: Shown): Promise<Grant | undefined>;
  /** Ends a session of theirs, if it is one. */
  endSession(session: string, caller: Caller): Promise<void>;
  /** Notes what the owner did, or somebody tried as such. */
  noteOwner(deed: OwnerDeed, request: FastifyRequest): Promise<void>;
}

export interface OwnerDeed {
  readonly action: "session/begin" | "session/end" | "password/change" | "token/create" | "token/revoke";
  readonly subject: string;
  readonly outcome: "done" | "refused";
}

/** What a request shows of who sends it. */
export interface Shown {
  readonly bearer?: string | undefined;
  readonly session?: string | undefined;
}

const ranks: Readonly<Record<string, number>> = { open: 0, none: 0, read: 1, control: 2, owner: 3 };
type Needed = Scope | Right | "open";
const reads = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets a request pass that may do what its route does: by a session's cookie, or a token as `Authorization: Bearer`.
 * While no password is set, this machine may do everything, and nobody else anything.
 */
export function guardAccess(app: FastifyInstance, guard: AccessGuard): void {
  app.decorateRequest("grant");
  app.addHook("onRequest", async (request, reply) => {
    const needed = neededFor(request);
    if (needed !== "open") reply.header("cache-control", "no-store");
    const grant = await grantOf(request, guard);
    if (grant && grant.by === "session" && !reads.has(request.method)) requireOwnPage(request);
    request.grant = grant;
    if (isEnough(grant, needed)) return;
    if (grant?.holder) throw notAllowed(`This takes the right ${needed}, which you have not here`);
    if (grant) throw notAllowed(`This token may only ${grant.scope}; this takes ${needed}`);
    throw needsLogin(request, reply, guard);
  });
  sweepSessions(app, guard);
}

/** Rights have no order: a holder has each of them or not, and the owner all. */
function isEnough(grant: Grant | undefined, needed: Needed): boolean {
  const rank = ranks[needed] ?? ranks["owner"] ?? Infinity;
  if ((ranks[grant?.scope ?? "open"] ?? 0) >= rank) return true;
  return grant?.holder?.rights.has(needed as Right) ?? false;
}

function neededFor({ is404, method, routeOptions, caller }: FastifyRequest): Needed {
  if (is404 || (routeOptions.config.isOpenLocally && caller.isLocal)) return "open";
  return scopeOf(method, routeOptions.config.scope);
}

/** What a route takes that says this, or nothing. */
export const scopeOf = (method: string, said: Needed | undefined): Needed =>
  said ?? (reads.has(method) ? "read" : "owner");

async function grantOf(
  request: FastifyRequest,
  { access, cookie, others }: AccessGuard,
): Promise<Grant | undefined> {
  const { authorization } = request.headers;
  const bearer = /^Bearer +(.*)$/i.exec(authorization ?? "")?.[1]?.trim();
  const session = shownSession(cookie, request);
  const shown = { bearer, session: bearer === undefined ? session : undefined };
  const isNobody = bearer === undefined && session === undefined;
  const grant = access.grantOf(shown) ?? (isNobody ? undefined : await others?.grantOf(shown));
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
