import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Clock, HearthworkError, Instant, PersonId } from "../../domain/index.ts";
import { hashOf, newSecret, tooManyTries } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { accountRoutes } from "../../wire/index.ts";
import { type Callers, keyMark, personOf } from "../callers.ts";
import type { Deeds } from "../people/deeds.ts";
import { requirePassword } from "../people/requirePassword.ts";
import type { SignInDesk } from "../people/signInDesk.ts";
import { type AccountDoor, scopesFor } from "./accountDoor.ts";

export interface AccountApi {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly callers: Callers;
  readonly signIn: SignInDesk;
  readonly deeds: Deeds;
}

const dayMs = 86_400_000;

/** Serves signing in and up, and one's own account. */
export function serveAccounts(app: FastifyInstance, options: AccountApi, door: AccountDoor): void {
  serveEntrance(app, options, door);
  serveOwnSessions(app, options, door);
  serveOwnKeys(app, options, door);
}

function serveEntrance(app: FastifyInstance, { signIn }: AccountApi, door: AccountDoor): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({ ...accountRoutes.me, handler: ({ grant }) => door.me(grant) });
  api.route({
    ...accountRoutes.signIn,
    handler: async (request, reply) => {
      const { id, password } = request.body;
      const outcome = await signIn.signIn(PersonId(id), password, request);
      if (outcome.kind === "wait") throw tooManyTries(outcome.seconds, reply);
      if (outcome.kind === "wrong") throw wrong("This is no account's name and password");
      return door.letIn(request, reply, outcome.session);
    },
  });
  api.route({
    ...accountRoutes.signUp,
    handler: async (request, reply) => {
      const { id, password, invitation } = request.body;
      const outcome = await signIn.signUp({ id: PersonId(id), password, invitation }, request);
      if (outcome.kind === "wait") throw tooManyTries(outcome.seconds, reply);
      return door.letIn(request, reply, outcome.session);
    },
  });
}

function serveOwnSessions(
  app: FastifyInstance,
  { store, callers, signIn, deeds }: AccountApi,
  door: AccountDoor,
): void {
  const { people } = store;
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({ ...accountRoutes.account, handler: (request) => door.account(request) });
  api.route({
    ...accountRoutes.changePassword,
    handler: async (request, reply) => {
      const id = personOf(request);
      const { current, password } = request.body;
      const what = { action: "password/change", subject: id };
      await requirePassword({ store, signIn, deeds }, request, reply, { current, action: what.action });
      const hash = await signIn.hash(password);
      const before = await people.sessionsOf(id);
      const shown = door.shownHash(request);
      await people.setPassword(id, hash, shown, deeds.of(request, what));
      callers.ended(before.map((session) => session.hash).filter((one) => one !== shown));
      return door.account(request);
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
      return door.account(request);
    },
  });
  api.route({
    ...accountRoutes.endSessions,
    handler: async (request, reply) => {
      const id = personOf(request);
      const before = await people.sessionsOf(id);
      await people.endSessions(id, undefined, deeds.of(request, { action: "session/end-all", subject: id }));
      callers.ended(before.map(({ hash }) => hash));
      return door.letOut(request, reply);
    },
  });
}

function serveOwnKeys(app: FastifyInstance, { store, clock, deeds }: AccountApi, door: AccountDoor): void {
  const { people } = store;
  const api = app.withTypeProvider<ZodTypeProvider>();
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
      const kept = { hash: hashOf(key), name, scopes, createdAt: now, expiresAt };
      await people.addKey(id, kept, deeds.of(request, what));
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
      return door.account(request);
    },
  });
}

const unknown = (what: string) =>
  new HearthworkError({ code: "api/not-found", message: `You have no ${what} here` });
const wrong = (message: string) => new HearthworkError({ code: "access/wrong-password", message });
const notYours = (scopes: readonly string[]) =>
  new HearthworkError({
    code: "access/not-allowed",
    message: `Your account may not do this itself: ${scopes.join(", ")}`,
  });
