import type { FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../../domain/index.ts";
import { type Access, hashOf, setSession, shownSession } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { type AccountView, allRights, keyScopes, type Me, type Role, rightsOf } from "../../wire/index.ts";
import { type Callers, personOf } from "../callers.ts";
import type { PasskeyDesk } from "../people/passkeyDesk.ts";

export interface AccountDoorOptions {
  readonly store: ExchangeStore;
  readonly callers: Callers;
  readonly access: Access;
  readonly passkeys: PasskeyDesk;
  readonly cookie: string;
}

/** Of a session's hash, to name it by. */
export const sessionIdLength = 16;

/** Shows who somebody is, and gives browsers their sessions. */
export class AccountDoor {
  readonly #options: AccountDoorOptions;

  constructor(options: AccountDoorOptions) {
    this.#options = options;
  }

  async me(grant: FastifyRequest["grant"]): Promise<Me> {
    const { store, access, passkeys } = this.#options;
    const isOwner = grant?.scope === "owner";
    const holder = grant?.holder;
    const [hasOperator, isSignUpOpen] = await Promise.all([
      store.people.hasOperator(),
      store.people.isSignUpOpen(),
    ]);
    return {
      isOwner,
      account: holder?.kind === "person" ? { id: holder.id, roles: [...holder.roles] } : null,
      rights: isOwner ? allRights.filter((right) => right !== "account") : [...(holder?.rights ?? [])],
      hasOperator,
      isOwnerPasswordSet: access.hasPassword(),
      isSignUpOpen,
      passkeyOrigin: passkeys.origin,
    };
  }

  /** The account of whoever asks. @throws {HearthworkError} `api/conflict` for the owner, who has none */
  async account(request: FastifyRequest): Promise<AccountView> {
    const id = personOf(request);
    const { people } = this.#options.store;
    const [person, sessions, keys, passkeys] = await Promise.all([
      people.person(id),
      people.sessionsOf(id),
      people.keysOf(id),
      people.passkeys(id),
    ]);
    const shown = this.shownHash(request);
    const roles = person?.roles ?? [];
    return {
      id,
      roles: [...roles],
      hasPassword: (person?.password ?? null) !== null,
      sessions: sessions.map(({ hash, createdAt, usedAt, address, agent }) => ({
        id: hash.slice(0, sessionIdLength),
        isThis: hash === shown,
        createdAt: iso(createdAt),
        usedAt: iso(usedAt),
        address,
        agent,
      })),
      passkeys: passkeys.map(({ name, createdAt, usedAt }) => ({
        name,
        createdAt: iso(createdAt),
        usedAt: usedAt && iso(usedAt),
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
  }

  /** Gives a browser a session that has begun, in place of the one that it shows. */
  async letIn(request: FastifyRequest, reply: FastifyReply, session: string): Promise<Me> {
    const { callers, access, cookie } = this.#options;
    const shown = shownSession(cookie, request);
    if (shown !== undefined) {
      access.logout(shown);
      await callers.endSession(shown, request.caller);
    }
    setSession(cookie, request, reply, session);
    return this.me(await callers.grantOf({ session }));
  }

  async letOut(request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    setSession(this.#options.cookie, request, reply);
    return this.me(undefined);
  }

  /** What is kept of the session that a browser shows. */
  shownHash(request: FastifyRequest): string {
    return hashOf(shownSession(this.#options.cookie, request) ?? "");
  }
}

/** What keys of somebody in these roles may do. */
export function scopesFor(roles: readonly Role[]) {
  const own = rightsOf(roles);
  return keyScopes.filter((scope) => own.has(scope));
}

const iso = (at: Instant) => new Date(at).toISOString();
