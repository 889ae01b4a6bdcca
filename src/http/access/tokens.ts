import { HearthworkError } from "../../domain/index.ts";
import { hashOf, newSecret } from "./sessions.ts";

/** A program's way in, as it is kept: not the token, but its hash. */
export interface KeptToken {
  readonly name: string;
  readonly scope: "read" | "control";
  readonly hash: string;
  readonly createdAt: number;
}

export const maxTokens = 64;
const prefix = "hearthwork_";

/** Ways in for programs, by name. */
export class Tokens {
  readonly #keep: () => void;
  readonly #tokens = new Map<string, KeptToken & { readonly ended: AbortController }>();

  /** @param keep is called when what is to be kept has changed */
  constructor(kept: readonly KeptToken[], keep: () => void) {
    this.#keep = keep;
    for (const token of kept) this.#tokens.set(token.name, { ...token, ended: new AbortController() });
  }

  /**
   * The token, which is told this once.
   * @throws {HearthworkError} `api/conflict` when the name is taken, or there are too many; what `keep` throws
   */
  create({ name, scope, createdAt }: Omit<KeptToken, "hash">): string {
    if (this.#tokens.has(name)) throw conflict(`there is a token "${name}" already; revoke it first`);
    if (this.#tokens.size >= maxTokens) {
      throw conflict(`there are ${maxTokens} tokens, as many as there may be; revoke those that nobody uses`);
    }
    const secret = prefix + newSecret();
    this.#tokens.set(name, { name, scope, createdAt, hash: hashOf(secret), ended: new AbortController() });
    try {
      this.#keep();
    } catch (thrown) {
      this.#tokens.delete(name);
      throw thrown;
    }
    return secret;
  }

  find(secret: string): { readonly scope: "read" | "control"; readonly ended: AbortSignal } | undefined {
    const hash = hashOf(secret);
    for (const token of this.#tokens.values()) {
      if (token.hash === hash) return { scope: token.scope, ended: token.ended.signal };
    }
    return undefined;
  }

  /** Whether there was one. When `keep` throws, it is revoked only until the next start. */
  revoke(name: string): boolean {
    const token = this.#tokens.get(name);
    if (!token) return false;
    this.#tokens.delete(name);
    token.ended.abort();
    this.#keep();
    return true;
  }

  kept(): KeptToken[] {
    return [...this.#tokens.values()].map(({ name, scope, hash, createdAt }) => ({
      name,
      scope,
      hash,
      createdAt,
    }));
  }
}

const conflict = (message: string) => new HearthworkError({ code: "api/conflict", message });
