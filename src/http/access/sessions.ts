import { createHash, randomBytes } from "node:crypto";
import { between, type Clock, Instant } from "../../domain/index.ts";

/** A login as it is kept: not what the browser holds, but its hash. */
export interface KeptSession {
  readonly hash: string;
  readonly createdAt: number;
  readonly usedAt: number;
}

interface Session {
  readonly createdAt: Instant;
  usedAt: Instant;
  /** What of `usedAt` was kept last. */
  keptAt: Instant;
  readonly ended: AbortController;
}

export const sessionLastsSeconds = 30 * 86_400;
export const idleSeconds = 7 * 86_400;
/** A use is kept this late at the most, so that reading a page writes nothing. */
const keepUseEvery = 3600;
export const maxSessions = 64;

/** What is told to the other side and kept by none of us: 256 bits of chance. */
export const newSecret = () => randomBytes(32).toString("base64url");
/** Without a salt, since a secret of 256 bits cannot be guessed. */
export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

/** Logins of browsers. They end when unused for 7 days, after 30 days, and when too many are newer. */
export class Sessions {
  readonly #clock: Clock;
  readonly #keep: () => void;
  readonly #sessions = new Map<string, Session>();

  /** @param keep is called when what is to be kept has changed */
  constructor(kept: readonly KeptSession[], clock: Clock, keep: () => void) {
    this.#clock = clock;
    this.#keep = keep;
    for (const { hash, createdAt, usedAt } of kept) {
      const used = Instant(usedAt);
      const ended = new AbortController();
      this.#sessions.set(hash, { createdAt: Instant(createdAt), usedAt: used, keptAt: used, ended });
    }
  }

  /** Starts one; gives what its browser has to show. */
  begin(): string {
    const secret = newSecret();
    const at = this.#clock.now();
    this.#sessions.set(hashOf(secret), {
      createdAt: at,
      usedAt: at,
      keptAt: at,
      ended: new AbortController(),
    });
    while (this.#sessions.size > maxSessions) this.#drop(this.#longestUnused());
    this.#keep();
    return secret;
  }

  /** Aborts when the session ends; undefined for one that there is not. To ask is to use it. */
  use(secret: string): AbortSignal | undefined {
    const hash = hashOf(secret);
    const session = this.#sessions.get(hash);
    if (!session) return undefined;
    if (this.#isOver(session)) {
      this.#drop(hash);
      return undefined;
    }
    session.usedAt = this.#clock.now();
    if (between(session.keptAt, session.usedAt) > keepUseEvery) this.#keep();
    return session.ended.signal;
  }

  end(secret: string): void {
    if (this.#drop(hashOf(secret))) this.#keep();
  }

  endAll(): void {
    for (const hash of this.#sessions.keys()) this.#drop(hash);
  }

  /** Ends those whose time is over, which nobody may ask for any more. */
  sweep(): void {
    for (const [hash, session] of this.#sessions) if (this.#isOver(session)) this.#drop(hash);
  }

  kept(): KeptSession[] {
    return [...this.#sessions].map(([hash, session]) => {
      session.keptAt = session.usedAt;
      return { hash, createdAt: session.createdAt, usedAt: session.usedAt };
    });
  }

  #isOver({ createdAt, usedAt }: Session): boolean {
    const now = this.#clock.now();
    return between(createdAt, now) > sessionLastsSeconds || between(usedAt, now) > idleSeconds;
  }

  #drop(hash: string | undefined): boolean {
    const session = this.#sessions.get(hash ?? "");
    if (hash === undefined || !session) return false;
    this.#sessions.delete(hash);
    session.ended.abort();
    return true;
  }

  #longestUnused(): string | undefined {
    let oldest: [string, Session] | undefined;
    for (const entry of this.#sessions) if (!oldest || entry[1].usedAt < oldest[1].usedAt) oldest = entry;
    return oldest?.[0];
  }
}
