import type { FastifyReply, FastifyRequest } from "fastify";
import { cookieName, cookieNamed, strictCookie } from "./cookies.ts";
import { sessionLastsSeconds } from "./sessions.ts";

/** What a browser shows of its session. */
export const shownSession = (cookie: string, request: FastifyRequest): string | undefined =>
  cookieNamed(nameFor(cookie, request), request.headers.cookie);

/** Has a browser keep a session; without one, forget what it has. */
export function setSession(
  cookie: string,
  request: FastifyRequest,
  reply: FastifyReply,
  session?: string,
): void {
  const maxAge = session === undefined ? 0 : sessionLastsSeconds;
  const isSecure = request.caller.scheme === "https";
  reply.header(
    "set-cookie",
    strictCookie({ name: nameFor(cookie, request), value: session ?? "", maxAge, isSecure }),
  );
}

const nameFor = (cookie: string, { caller }: FastifyRequest) => cookieName(cookie, caller.scheme === "https");
