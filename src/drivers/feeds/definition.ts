import type { z } from "zod";
import type { Clock, Currency, Instant, Random, Seconds, Timeline } from "../../domain/index.ts";
import type { CredentialsLookup } from "../credentials.ts";
import type { HttpRequest } from "../transports/askHttp.ts";

/** What is asked of a server, or read from a file. */
export type FeedQuestion =
  | { readonly kind: "http"; readonly address: URL; readonly request: HttpRequest }
  | { readonly kind: "file"; readonly path: string };

/** What a question and its answer may depend on. */
export interface FeedMoment {
  readonly now: Instant;
  readonly timezone: string;
  /** The only one in which prices are understood. */
  readonly currency: Currency;
}

/**
 * A source of figures as a row: what it is asked, and what its answer says. `Config` is what its schema gives; the
 * functions are called with nothing else.
 */
export interface FeedDefinition<Value, Config = unknown> {
  /** As in hearth.yaml: `driver: NAME`. */
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  readonly config: z.ZodType<Config> & { readonly shape: z.ZodRawShape };
  /** After a good answer it is asked again so much later. */
  readonly every: Seconds;
  /** @throws {HearthworkError} `config/no-credentials`. */
  question(config: Config, moment: FeedMoment, lookup: CredentialsLookup): FeedQuestion;
  /**
   * Pure.
   * @throws {HearthworkError} `feed/garbage` for an answer that is not understood, `feed/refused` where it says no.
   */
  read(answer: string, config: Config, moment: FeedMoment): Timeline<Value>;
}

/** Where what was fetched is kept over a restart. */
export interface FeedMemory {
  remember(name: string, value: FeedJson): Promise<void>;
  recall(name: string): Promise<unknown>;
}
export type FeedJson =
  | null
  | boolean
  | number
  | string
  | readonly FeedJson[]
  | { readonly [key: string]: FeedJson };

/** What the hearth lends to a feed. */
export interface FeedContext extends CredentialsLookup {
  readonly clock: Clock;
  readonly random: Random;
  readonly memory: FeedMemory;
  readonly timezone: string;
  readonly currency: Currency;
}
