import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { type Clock, idPattern, Seconds } from "../../domain/index.ts";
import type { Right, Role } from "../../wire/index.ts";
import type { Caller } from "./caller.ts";
import { LoginLimiter } from "./loginLimiter.ts";
import { PasswordChecks } from "./passwordChecks.ts";
import { hashPassword, passwordHashPattern, requireStrength } from "./passwords.ts";
import { hashOf, maxSessions, Sessions } from "./sessions.ts";
import { maxTokens, Tokens } from "./tokens.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a server keeps of who may use it. */
export const accessRecordSchema = z.strictObject({
  version: z.literal(1),
  password: z.string().regex(passwordHashPattern).nullable(),
  tokens: z
    .array(
      z.strictObject({
        name: z.string().regex(idPattern),
        scope: z.enum(["read", "control"]),
        hash,
        createdAt: z.number(),
      }),
    )
    .max(maxTokens),
  sessions: z.array(z.strictObject({ hash, createdAt: z.number(), usedAt: z.number() })).max(maxSessions),
});
type AccessRecord = z.output<typeof accessRecordSchema>;

/** What a grant lets do: look, use what is there, or also change it and who may. */
export type Scope = "read" | "control" | "owner";

export interface Grant {
  /** `none`: what its holder may, and nothing beside. */
  readonly scope: Scope | "none";
  /** `open`: no password is set; `process`: a command of the owner's on this machine. */
  readonly by: "open" | "session" | "token" | "process";
  /** Aborts when it counts no more. */
  readonly ended: AbortSignal;
  /** Who shows it, unless that is the server's owner. */
  readonly holder?: Holder;
}

/** Somebody with rights of their own. */
export interface Holder {
  readonly id: string;
  readonly kind: "person" | "provider";
  readonly roles: readonly Role[];
  readonly rights: ReadonlySet<Right>;
}

export type LoginOutcome =
  | { readonly kind: "in"; readonly session: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait"; readonly seconds: Seconds }
  | { readonly kind: "no-password" };

export interface AccessOptions {
  readonly clock: Clock;
  /** Where it is kept; without it all ends with the process. */
  readonly file?: { read(): AccessRecord | undefined; write(record: AccessRecord): void };
  /** Lets in the owner's own commands on this machine. */
  readonly processToken?: string;
  /** That a session could not be kept. */
  onFault?(thrown: unknown): void;
}

const sweepEvery = Seconds(30);
const never = new AbortController().signal;

/** Who may use a server: its owner by password and session, programs by token, the owner's commands by the process's. */
export class Access {
  readonly tokens: Tokens;
  readonly #options: AccessOptions;
  readonly #sessions: Sessions;
  readonly #limiter = new LoginLimiter();
  readonly #checks = new PasswordChecks();
  readonly #open = new AbortController();
  #password: string | null;

  /** @throws {HearthworkError} when what is kept cannot be read */
  constructor(options: AccessOptions) {
    this.#options = options;
    const kept = options.file?.read();
    this.#password = kept?.password ?? null;
    this.tokens = new Tokens(kept?.tokens ?? [], () => this.#write());
    this.#sessions = new Sessions(kept?.sessions ?? [], options.clock, () => this.#writeOrTell());
  }

  hasPassword(): boolean {
    return this.#password !== null;
  }

  /** What this machine may do while no password is set; undefined afterwards. */
  openGrant(): Grant | undefined {
    return this.hasPassword() ? undefined : { scope: "owner", by: "open", ended: this.#open.signal };
  }

  /** What a request may do by what it shows; undefined when that is nothing that counts. */
  grantOf({
    bearer,
    session,
  }: {
    readonly bearer?: string | undefined;
    readonly session?: string | undefined;
  }): Grant | undefined {
    if (bearer !== undefined) {
      if (this.#isProcess(bearer)) return { scope: "owner", by: "process", ended: never };
      const token = this.tokens.find(bearer);
      return token && { scope: token.scope, by: "token", ended: token.ended };
    }
    if (session === undefined) return undefined;
    const ended = this.#sessions.use(session);
    return ended && { scope: "owner", by: "session", ended };
  }

  /** Tries the password. Tries are counted, and wait for each other, so that they never take much time or memory. */
  async login(password: string, caller: Caller): Promise<LoginOutcome> {
    const outcome = await this.checkPassword(password, caller);
    return outcome === "right" ? { kind: "in", session: this.#sessions.begin() } : outcome;
  }

  async checkPassword(
    password: string,
    caller: Caller,
  ): Promise<"right" | Exclude<LoginOutcome, { readonly kind: "in" }>> {
    const expected = this.#password;
    if (expected === null) return { kind: "no-password" };
    if (this.#checks.isFull()) return { kind: "wait", seconds: Seconds(1) };
    const seconds = this.#limiter.take(caller, this.#options.clock.monotonic());
    if (seconds > 0) return { kind: "wait", seconds };
    const isRight = await this.#checks.check(password, expected);
    if (!isRight || this.#password !== expected) return { kind: "wrong" };
    this.#limiter.succeeded(caller);
    return "right";
  }

  /** Starts a session without asking for the password, as after it was set. */
  beginSession(): string {
    return this.#sessions.begin();
  }

  logout(session: string): void {
    this.#sessions.end(session);
  }

  /**
   * Sets the owner's password and ends every session.
   * @throws {HearthworkError} `access/weak-password`; what the file throws when it cannot be kept
   */
  async setPassword(password: string): Promise<void> {
    requireStrength(password);
    const before = this.#password;
    const next = await hashPassword(password);
    this.#password = next;
    this.#sessions.endAll();
    this.#open.abort();
    try {
      this.#write();
    } catch (thrown) {
      this.#password = before;
      throw thrown;
    }
  }

  /**
   * Makes a way in for a program; the token is told this once.
   * @throws {HearthworkError} `api/conflict` when the name is taken, or there are too many; what the file throws
   */
  createToken(name: string, scope: "read" | "control"): string {
    return this.tokens.create({ name, scope, createdAt: this.#options.clock.now() });
  }

  /** Ends sessions whose time is over, until it is told to stop. */
  async sweepUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#options.clock.sleep(sweepEvery, signal);
      this.#sessions.sweep();
    }
  }

  #isProcess(bearer: string): boolean {
    const { processToken } = this.#options;
    if (processToken === undefined) return false;
    return timingSafeEqual(Buffer.from(hashOf(bearer)), Buffer.from(hashOf(processToken)));
  }

  #write(): void {
    this.#options.file?.write({
      version: 1,
      password: this.#password,
      tokens: this.tokens.kept(),
      sessions: this.#sessions.kept(),
    });
  }

  /** A session that cannot be kept lasts as long as the process: a full disk locks nobody out. */
  #writeOrTell(): void {
    try {
      this.#write();
    } catch (thrown) {
      this.#options.onFault?.(thrown);
    }
  }
}
