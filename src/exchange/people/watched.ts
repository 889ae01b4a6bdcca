import { type Clock, Seconds } from "../../domain/index.ts";
import type { ExchangeStore } from "../../store/index.ts";

const lookEvery = Seconds(30);
const most = 10_000;

/** Sessions, keys and tokens under which something may still go on, such as live updates, which end with them. */
export class Watched {
  readonly #store: ExchangeStore;
  readonly #clock: Clock;
  readonly #onFault: (thrown: unknown, what: string) => void;
  readonly #ends = new Map<string, { readonly by: "session" | "token"; readonly ended: AbortController }>();

  constructor(options: {
    readonly store: ExchangeStore;
    readonly clock: Clock;
    readonly onFault: (thrown: unknown, what: string) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onFault = options.onFault;
  }

  /** Aborts when it counts no more; of too many the one that asked first has to ask again. */
  signal(hash: string, by: "session" | "token"): AbortSignal {
    const known = this.#ends.get(hash);
    if (known) return known.ended.signal;
    const ended = new AbortController();
    this.#ends.set(hash, { by, ended });
    const [oldest] = this.#ends.keys();
    if (this.#ends.size > most && oldest !== undefined) this.end(oldest);
    return ended.signal;
  }

  end(hash: string): void {
    const known = this.#ends.get(hash);
    this.#ends.delete(hash);
    known?.ended.abort();
  }

  /** Other replicas end sessions, too. */
  async sweepUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(lookEvery, signal);
      if (signal.aborted) return;
      await this.#sweep().catch((thrown: unknown) => this.#onFault(thrown, "looking for ended sessions"));
    }
  }

  async #sweep(): Promise<void> {
    const { people } = this.#store;
    const of = (by: "session" | "token") =>
      [...this.#ends].filter(([, watched]) => watched.by === by).map(([hash]) => hash);
    const [sessions, tokens] = [of("session"), of("token")];
    if (sessions.length + tokens.length === 0) return;
    const [still, keys] = await Promise.all([people.sessions(sessions), people.keys(tokens)]);
    for (const hash of sessions) if (!still.has(hash)) this.end(hash);
    for (const hash of tokens) if (!keys.has(hash)) this.end(hash);
  }
}
