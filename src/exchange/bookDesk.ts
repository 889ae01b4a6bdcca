import { type Clock, type Currency, Seconds } from "../domain/index.ts";
import { orderBook } from "../market/index.ts";
import type { ExchangeStore } from "../store/index.ts";
import { type BookView, toMoney } from "../wire/index.ts";
import { bidOfSpec } from "./bidOfSpec.ts";
import type { ProviderDoor } from "./providers/providerDoor.ts";

export interface BookDeskOptions {
  readonly store: ExchangeStore;
  readonly door: () => Pick<ProviderDoor, "sessions">;
  readonly clock: Clock;
  readonly currency: Currency;
}

/** However many look, it is put together once in a while. */
const lasts = Seconds(1);
/** Of a job more are not counted. */
const mostTasks = 10_000;

/** Tells what is offered and what waits. */
export class BookDesk {
  readonly #options: BookDeskOptions;
  #made: { readonly at: number; readonly view: Promise<BookView> } | undefined;

  constructor(options: BookDeskOptions) {
    this.#options = options;
  }

  view(): Promise<BookView> {
    const at = this.#options.clock.monotonic();
    if (this.#made && at - this.#made.at < lasts) return this.#made.view;
    const view = this.#make();
    this.#made = { at, view };
    view.catch(() => (this.#made = undefined));
    return view;
  }

  async #make(): Promise<BookView> {
    const { store, door, clock, currency } = this.#options;
    const work = await store.work(mostTasks);
    const now = clock.now();
    const offers = [...door().sessions].flatMap((session) => {
      const ask = session.ask(now);
      return ask ? [{ isHome: session.kind === "home", steps: ask.steps }] : [];
    });
    const { asks, bids } = orderBook(
      offers,
      work.map(({ spec, wanted }) => bidOfSpec(spec, wanted, now)),
    );
    const priced = <Level extends { readonly perClassHour: Parameters<typeof toMoney>[0] }>(
      level: Level,
    ) => ({
      ...level,
      perClassHour: toMoney(level.perClassHour, currency),
    });
    return {
      at: new Date(now).toISOString(),
      classes: [{ name: "cpu", asks: asks.map(priced), bids: bids.map(priced) }],
    };
  }
}
