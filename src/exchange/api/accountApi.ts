import { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Clock, HearthworkError, Instant, PersonId } from "../../domain/index.ts";
import { type Access, hashOf, newSecret, setSession, shownSession, tooManyTries } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import {
  accountRoutes,
  type AccountView,
  allRights,
  keyScopes,
  type Me,
  rightsOf,
} from "../../wire/index.ts";
import { type Callers, keyMark, personOf } from "../callers.ts";
import type { Deeds } from "../people/deeds.ts";
import type { SignedIn, SignInDesk } from "../people/signInDesk.ts";

export interface AccountApi {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly callers: Callers;
  readonly signIn: SignInDesk;
  readonly deeds: Deeds;
  readonly access: Access;
  readonly cookie: string;
}

const dayMs = 86_400_000;
/** Of a session's hash, to name it by. */
const idLength = 16;

/** Serves signing in and up, and one's own account. */
export function serveAccounts(app: FastifyInstance, options: AccountApi): void {
  const { store, clock, callers, signIn, deeds, access, cookie } = options;
  const { people } = store;
  const api = app.withTypeProvider<ZodTypeProvider>();

  const meOf = async (grant: FastifyRequest["grant"]): Promise<Me> => {
    const isOwner = grant?.scope === "owner";
    const holder = grant?.holder;
    const [hasOperator, isSignUpOpen] = await Promise.all([people.hasOperator(), people.isSignUpOpen()]);
    return {
      isOwner,
      account: holder?.kind === "person" ? { id: holder.id, roles: [...holder.roles] } : null,
      rights: isOwner ? allRights.filter((right) => right !== "account") : [...(holder?.rights ?? [])],
      hasOperator,
      isOwnerPasswordSet: access.hasPassword(),
      isSignUpOpen,
    };
  };
  const letIn = async (request: FastifyRequest, reply: FastifyReply, outcome: SignedIn): Promise<Me> => {
    if (outcome.kind === "wait") throw tooManyTries(outcome.seconds, reply);
    if (outcome.kind === "wrong") throw wrong();
    await endShown(request);
    setSession(cookie, request, reply, outcome.session);
    return meOf(await callers.grantOf({ session: outcome.session }));
  };
  const endShown = async (request: FastifyRequest) => {
    const shown = shownSession(cookie, request);
    if (shown === undefined) return;
    access.logout(shown);
    await callers.endSession(shown, request.caller);
  };

  api.route({ ...accountRoutes.me, handler: ({ grant }) => meOf(grant) });
  api.route({
    ...accountRoutes.signIn,
    handler: async (request, reply) => {
      const { id, password } = request.body;
      return letIn(request, reply, await signIn.signIn(PersonId(id), password, request));
    },
  });
  api.route({
    ...accountRoutes.signUp,
    handler: async (request, reply) => {
      const { id, password, invitation } = request.body;
      return letIn(request, reply, await signIn.signUp({ id: PersonId(id), password, invitation }, request));
    },
  });

  const viewOf = async (request: FastifyRequest): Promise<AccountView> => {
    const id = personOf(request);
    const [person, sessions, keys] = await Promise.all([
      people.person(id),
      people.sessionsOf(id),
      people.keysOf(id),
    ]);
    const shown = hashOf(shownSession(cookie, request) ?? "");
    const roles = person?.roles ?? [];
    return {
      id,
      roles: [...roles],
      hasPassword: (person?.password ?? null) !== null,
      sessions: sessions.map(({ hash, createdAt, usedAt, address, agent }) => ({
        id: hash.slice(0, idLength),
        isThis: hash === shown,
        createdAt: iso(createdAt),
        usedAt: iso(usedAt),
        address,
        agent,
      })),
      keys: keys.map(({ name, scopes, createdAt, expiresAt, usedAt }) => ({
        name,
        scopes: keyScopes.filter((scope) => scopes.includes(scope)),
        createdAt: iso(createdAt),
        expiresAt: expiresAt && iso(expiresAt),
        usedAt: usedAt && iso(usedAt),
      })),
      scopes: scopesFor(roles),
    };
  };

  api.route({ ...accountRoutes.account, handler: viewOf });
  api.route({
    ...accountRoutes.changePassword,
    handler: async (request, reply) => {
      const id = personOf(request);
      const { current, password } = request.body;
      if (((await people.person(id))?.password ?? null) !== null) {
        const outcome = await signIn.checkPassword(id, current ?? "", request.caller);
        if (outcome.kind === "wait") throw tooManyTries(outcome.seconds, reply);
        const what = { action: "password/change", subject: id, detail: "a wrong password" } as const;
        if (outcome.kind === "wrong") await people.note(deeds.of(request, { ...what, outcome: "refused" }));
        if (outcome.kind === "wrong") throw wrong();
      }
      const hash = await signIn.hash(password);
      const before = await people.sessionsOf(id);
      const shown = hashOf(shownSession(cookie, request) ?? "");
      await people.setPassword(
        id,
        hash,
        shown,
        deeds.of(request, { action: "password/change", subject: id }),
      );
      callers.ended(before.map((session) => session.hash).filter((one) => one !== shown));
      return viewOf(request);
    },
  });
  api.route({
    ...accountRoutes.endSession,
    handler: async (request) => {
      const { id } = request.params;
      const own = await people.sessionsOf(personOf(request));
      const session = own.find(({ hash }) => hash.startsWith(id));
      if (!session) throw unknown(`session ${id}`);
      await people.endSession(session.hash, (person) =>
        deeds.of(request, { action: "session/end", subject: person }),
      );
      callers.ended([session.hash]);
      return viewOf(request);
    },
  });
  api.route({
    ...accountRoutes.endSessions,
    handler: async (request, reply) => {
      const id = personOf(request);
      const before = await people.sessionsOf(id);
      const what = { action: "session/end-all", subject: id };
      await people.endSessions(id, undefined, deeds.of(request, what));
      callers.ended(before.map(({ hash }) => hash));
      setSession(cookie, request, reply);
      return meOf(undefined);
    },
  });
  api.route({
    ...accountRoutes.createKey,
    handler: async (request) => {
      const id = personOf(request);
      const { name, scopes, days } = request.body;
      const allowed = scopesFor(request.grant?.holder?.roles ?? []);
      const tooMuch = scopes.filter((scope) => !allowed.includes(scope));
      if (tooMuch.length > 0) throw notYours(tooMuch);
      const key = keyMark + newSecret();
      const now = clock.now();
      const expiresAt = days === null ? null : Instant(now + days * dayMs);
      const what = { action: "key/create", subject: `${id}/${name}`, detail: scopes.join(" ") };
      await people.addKey(
        id,
        { hash: hashOf(key), name, scopes, createdAt: now, expiresAt },
        deeds.of(request, what),
      );
      return { key };
    },
  });
  api.route({
    ...accountRoutes.revokeKey,
    handler: async (request) => {
      const id = personOf(request);
      const { name } = request.params;
      const deed = deeds.of(request, { action: "key/revoke", subject: `${id}/${name}` });
      if (!(await people.removeKey(id, name, deed))) throw unknown(`key "${name}"`);
      return viewOf(request);
    },
  });
}

/** What keys of somebody in these roles may do. */
function scopesFor(roles: Parameters<typeof rightsOf>[0]) {
  const own = rightsOf(roles);
  return keyScopes.filter((scope) => own.has(scope));
}

const iso = (at: Instant) => new Date(at).toISOString();
const unknown = (what: string) =>
  new HearthworkError({ code: "api/not-found", message: `You have no ${what} here` });
const wrong = () =>
  new HearthworkError({
    code: "access/wrong-password",
    message: "This is no account's name and password",
  });
const notYours = (scopes: readonly string[]) =>
  new HearthworkError({
    code: "access/not-allowed",
    message: `Your account may not do this itself: ${scopes.join(", ")}`,
  });
