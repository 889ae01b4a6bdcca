import type { FastifyRequest } from "fastify";
import {
  between,
  type Clock,
  ConsumerId,
  HearthworkError,
  Instant,
  PersonId,
  type ProviderId,
} from "../domain/index.ts";
import {
  type Caller,
  type Grant,
  hashOf,
  type Holder,
  idleSeconds,
  type Others,
  type OwnerDeed,
  sessionLastsSeconds,
  type Shown,
} from "../http/index.ts";
import type { ExchangeStore, Shower } from "../store/index.ts";
import { type Right, rightsOf } from "../wire/index.ts";
import { gather } from "./gather.ts";
import type { Deeds } from "./people/deeds.ts";
import { Watched } from "./people/watched.ts";

/** The account under which the exchange's operator submits jobs. */
export const operator = ConsumerId("operator");

/** What keys begin with. */
export const keyMark = "hwc_";
const mostAtOnce = 256;
const secretPattern = /^[\w-]{43}$/;
const ofMachines: ReadonlySet<Right> = new Set(["artefacts:read", "verdicts"]);
/** Who is banned may appeal still. */
const ofBanned: ReadonlySet<Right> = new Set(["verdicts"]);
const never = new AbortController().signal;
/** A use is noted this late at the most, s. */
const noteEvery = { login: 3600, api_key: 60 };

export interface CallersOptions {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly deeds: Deeds;
  readonly onFault: (thrown: unknown, what: string) => void;
}

/** Who asks, beside the owner: people by their sessions and keys, machines by their tokens. */
export class Callers implements Others {
  readonly #options: CallersOptions;
  readonly #watched: Watched;
  readonly #keyOf: (hash: string) => Promise<Shower | undefined>;
  readonly #sessionOf: (hash: string) => Promise<Shower | undefined>;

  constructor(options: CallersOptions) {
    const { people } = options.store;
    this.#options = options;
    this.#watched = new Watched(options);
    this.#keyOf = gathered((hashes) => people.keys(hashes));
    this.#sessionOf = gathered((hashes) => people.sessions(hashes));
  }

  /** Sees to it that the operator has a ledger account. */
  async begin(): Promise<void> {
    await this.#options.store.openConsumer(operator, this.#options.clock.now());
  }

  async grantOf({ bearer, session }: Shown): Promise<Grant | undefined> {
    if (bearer?.startsWith(keyMark)) return this.#grantOfKey(bearer);
    if (bearer !== undefined) return this.#grantOfMachine(bearer);
    return session === undefined ? undefined : this.#grantOfSession(session);
  }

  async endSession(session: string, caller: Caller): Promise<void> {
    if (!secretPattern.test(session)) return;
    const hash = hashOf(session);
    const { store, deeds } = this.#options;
    await store.people.endSession(hash, (actor) =>
      deeds.of({ grant: undefined, caller }, { action: "session/end", subject: actor, actor }),
    );
    this.#watched.end(hash);
  }

  async noteOwner(deed: OwnerDeed, request: FastifyRequest): Promise<void> {
    const actor = deed.outcome === "done" ? "owner" : "nobody";
    await this.#options.store.people.note(this.#options.deeds.of(request, { ...deed, actor }));
  }

  /** Ends at once what these sessions still watch. */
  ended(hashes: readonly string[]): void {
    for (const hash of hashes) this.#watched.end(hash);
  }

  /** Ends what goes on under sessions and keys that count no more, until it is told to stop. */
  watchUntil(signal: AbortSignal): Promise<void> {
    return this.#watched.sweepUntil(signal);
  }

  async #grantOfKey(key: string): Promise<Grant | undefined> {
    if (!secretPattern.test(key.slice(keyMark.length))) return undefined;
    const hash = hashOf(key);
    const shower = await this.#keyOf(hash);
    const now = this.#options.clock.now();
    if (!shower || (shower.expiresAt !== null && shower.expiresAt <= now)) return undefined;
    const own = rightsOf(shower.roles);
    const rights = new Set(shower.scopes?.filter((right) => own.has(right)));
    this.#noteUse("api_key", hash, shower.usedAt ?? Instant(0));
    return this.#grant("token", hash, holderOf(shower, rights));
  }

  async #grantOfSession(session: string): Promise<Grant | undefined> {
    if (!secretPattern.test(session)) return undefined;
    const hash = hashOf(session);
    const shower = await this.#sessionOf(hash);
    const now = this.#options.clock.now();
    const usedAt = shower?.usedAt ?? Instant(0);
    if (!shower || between(shower.createdAt, now) > sessionLastsSeconds || between(usedAt, now) > idleSeconds)
      return undefined;
    this.#noteUse("login", hash, usedAt);
    return this.#grant("session", hash, holderOf(shower, rightsOf(shower.roles)));
  }

  async #grantOfMachine(token: string): Promise<Grant | undefined> {
    if (!secretPattern.test(token)) return undefined;
    const hash = hashOf(token);
    const found = await this.#options.store.providerOfToken(hash);
    if (!found) return undefined;
    const rights = found.isBanned ? ofBanned : ofMachines;
    const holder = { id: found.id, kind: "provider", roles: [], rights } as const;
    return { scope: "none", by: "token", holder, ended: never };
  }

  #grant(by: "session" | "token", hash: string, holder: Holder): Grant {
    return { scope: "none", by, holder, ended: this.#watched.signal(hash, by) };
  }

  #noteUse(table: "login" | "api_key", hash: string, usedAt: Instant): void {
    const now = this.#options.clock.now();
    if (between(usedAt, now) < noteEvery[table]) return;
    this.#options.store.people
      .noteUse(table, hash, now)
      .catch((thrown: unknown) => this.#options.onFault(thrown, "noting that a key was used"));
  }
}

const holderOf = ({ person, roles }: Shower, rights: ReadonlySet<Right>): Holder => ({
  id: person,
  kind: "person",
  roles,
  rights,
});

const gathered = (read: (hashes: readonly string[]) => Promise<ReadonlyMap<string, Shower>>) =>
  gather(mostAtOnce, async (hashes: readonly string[]) => {
    const known = await read(hashes);
    return (hash: string) => known.get(hash);
  });

/**
 * On whose account something is done: a consumer's own; the operator's for the owner, and for operators who are no
 * consumers.
 * @throws {HearthworkError} `access/not-allowed`
 */
export function consumerOf({ grant }: FastifyRequest): ConsumerId {
  const holder = grant?.holder;
  if (holder?.roles.includes("consumer")) return ConsumerId(holder.id);
  if (!holder || holder.roles.includes("operator")) return operator;
  throw new HearthworkError({ code: "access/not-allowed", message: "This account is no consumer's" });
}

/**
 * Whose jobs somebody may look at: his own; undefined for operators, who may look at all.
 * @throws {HearthworkError} `access/not-allowed`
 */
export const readerOf = (request: FastifyRequest): ConsumerId | undefined =>
  isOperator(request) ? undefined : consumerOf(request);

/** Whether it is an operator, or the owner, who sees what is everybody's. */
export const isOperator = ({ grant }: FastifyRequest): boolean =>
  grant?.scope === "owner" || (grant?.holder?.roles.includes("operator") ?? false);

/**
 * Whose account a request is about.
 * @throws {HearthworkError} `api/conflict` for the owner, who has none
 */
export function personOf({ grant }: FastifyRequest): PersonId {
  if (grant?.holder?.kind === "person") return PersonId(grant.holder.id);
  throw new HearthworkError({
    code: "api/conflict",
    message: "The owner has no account of his own here; sign in with one",
  });
}

/** Whether a machine is somebody's, or asks for itself, or the request is an operator's. */
export function reaches(
  request: FastifyRequest,
  { id, owner }: { readonly id: ProviderId; readonly owner: PersonId | null },
): boolean {
  const holder = request.grant?.holder;
  if (isOperator(request)) return true;
  return holder?.kind === "provider" ? holder.id === id : owner !== null && owner === holder?.id;
}
