import { randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { type Clock, HearthworkError, type PersonId, Seconds } from "../../domain/index.ts";
import {
  type Caller,
  hashOf,
  networkOf,
  newSecret,
  PasswordChecks,
  perMachine,
  perNetwork,
  perWorld,
  requireStrength,
  thisMachine,
} from "../../http/index.ts";
import type { ExchangeStore, NewPerson, StoredPerson } from "../../store/index.ts";
import type { Role } from "../../wire/index.ts";
import type { Deeds } from "./deeds.ts";

export type SignedIn =
  | { readonly kind: "in"; readonly session: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait"; readonly seconds: Seconds };

export interface SignInDeskOptions {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly deeds: Deeds;
}

/** Tries at one account from networks from which nobody signed in to it yet. */
const perAccount = { burst: 10, every: 60 };
/** What whoever comes may be, where everybody may. */
const openRoles: readonly Role[] = ["consumer", "provider"];
const longestAgent = 200;

/** Lets people in by their passwords, and opens accounts. Tries are counted at all replicas together. */
export class SignInDesk {
  readonly #options: SignInDeskOptions;
  readonly #checks = new PasswordChecks();
  /** What a password is compared with where there is no account, so that this takes as long. */
  readonly #nobodys = this.#checks.hash(randomBytes(16).toString("hex"));

  constructor(options: SignInDeskOptions) {
    this.#options = options;
    this.#nobodys.catch(() => {});
  }

  async signIn(id: PersonId, password: string, request: FastifyRequest): Promise<SignedIn> {
    const { store, deeds } = this.#options;
    const outcome = await this.checkPassword(id, password, request.caller);
    if (outcome.kind === "right") {
      return { kind: "in", session: await this.beginSession(id, request, "by password") };
    }
    if (outcome.kind === "wrong") {
      const what = { action: "session/begin", subject: id, outcome: "refused", detail: "a wrong password" };
      await store.people.note(deeds.of(request, { ...what, outcome: "refused" }));
    }
    return outcome;
  }

  /** Tries a password, which is counted. */
  async checkPassword(
    id: PersonId,
    password: string,
    caller: Caller,
  ): Promise<{ kind: "right"; person: StoredPerson } | Exclude<SignedIn, { kind: "in" }>> {
    const { people } = this.#options.store;
    if (this.#checks.isFull()) return { kind: "wait", seconds: Seconds(1) };
    const network = networkOf(caller);
    const known = `known/${id}/${network}`;
    const isKnown = (await people.knownSubjects([known])).has(known);
    const own = { subject: isKnown ? known : `account/${id}`, rate: perAccount };
    const seconds = await this.#take(caller, isKnown ? [own] : [own, ...worldOf(network)]);
    if (seconds > 0) return { kind: "wait", seconds };
    const person = await people.person(id);
    const isRight = await this.#checks.check(password, person?.password ?? (await this.#nobodys));
    if (!isRight || !person || person.password === null || person.isClosed) return { kind: "wrong" };
    const limits = [{ subject: known, rate: perAccount }, limitOf(network)];
    await people.refillTries(limits, this.#seconds());
    return { kind: "right", person };
  }

  /** Begins a session of somebody who has shown who they are; gives what the browser keeps. */
  async beginSession(id: PersonId, request: FastifyRequest, how: string): Promise<string> {
    const { store, clock, deeds } = this.#options;
    const session = newSecret();
    const agent = (request.headers["user-agent"] ?? "").slice(0, longestAgent);
    const { address } = request.caller;
    const login = { hash: hashOf(session), createdAt: clock.now(), address, agent };
    const what = { action: "session/begin", subject: id, actor: id, detail: how };
    await store.people.beginSession(id, login, deeds.of(request, what));
    return session;
  }

  /**
   * Opens an account for whoever asks, by an invitation or where everybody may.
   * @throws {HearthworkError} `access/bad-invitation`, `access/not-allowed`, `access/weak-password`, `api/conflict`
   */
  async signUp(
    { id, password, invitation }: { id: PersonId; password: string; invitation?: string | undefined },
    request: FastifyRequest,
  ): Promise<Exclude<SignedIn, { kind: "wrong" }>> {
    const { store, clock, deeds } = this.#options;
    const network = networkOf(request.caller);
    const seconds = await this.#take(request.caller, worldOf(network));
    if (seconds > 0 || this.#checks.isFull()) return { kind: "wait", seconds: Seconds(seconds || 1) };
    const hash = invitation === undefined ? undefined : hashOf(invitation);
    const roles =
      hash === undefined ? await this.#rolesForAll() : await store.people.invitedRoles(hash, clock.now());
    const person = await this.newPerson(id, roles, password);
    const detail = `${roles.join(", ")}, ${hash === undefined ? "as everybody may" : "by invitation"}`;
    const deed = deeds.of(request, { action: "person/sign-up", subject: id, actor: id, detail });
    await (hash === undefined ? store.people.add(person, deed) : store.people.addInvited(person, hash, deed));
    return { kind: "in", session: await this.beginSession(id, request, "after sign-up") };
  }

  /** @throws {HearthworkError} `access/weak-password` */
  async newPerson(id: PersonId, roles: readonly Role[], password: string): Promise<NewPerson> {
    return { id, roles, password: await this.hash(password) };
  }

  /** @throws {HearthworkError} `access/weak-password` */
  async hash(password: string): Promise<string> {
    requireStrength(password);
    return this.#checks.hash(password);
  }

  async #rolesForAll(): Promise<readonly Role[]> {
    if (await this.#options.store.people.isSignUpOpen()) return openRoles;
    throw new HearthworkError({
      code: "access/not-allowed",
      message: "An account here takes an invitation; its operators make them",
    });
  }

  #take(caller: Caller, limits: Parameters<ExchangeStore["people"]["takeTry"]>[0]): Promise<Seconds> {
    return this.#options.store.people.takeTry([limitOf(networkOf(caller)), ...limits], this.#seconds());
  }

  /** Replicas on several machines share a wall clock, and no other. */
  #seconds(): number {
    return this.#options.clock.now() / 1000;
  }
}

const limitOf = (network: string) => ({
  subject: `network/${network}`,
  rate: network === thisMachine ? perMachine : perNetwork,
});

const worldOf = (network: string) => (network === thisMachine ? [] : [{ subject: "world", rate: perWorld }]);
