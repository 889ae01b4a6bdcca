import type { Clock, Currency, Instant, ProviderId } from "../domain/index.ts";
import { trustIn } from "../jobs/index.ts";
import { stepsAfter, sumPresences } from "../market/index.ts";
import type { ExchangeStore, StoredProvider } from "../store/index.ts";
import {
  type NetworkView,
  presencesPage,
  type PresencesView,
  type PresenceView,
  providerKinds,
  toMoney,
} from "../wire/index.ts";
import type { ClaimedEnergy } from "./providers/claimedDraw.ts";
import type { ProviderDoor } from "./providers/providerDoor.ts";
import type { ProviderSession } from "./providers/providerSession.ts";

export interface NetworkDeskOptions {
  readonly store: ExchangeStore;
  readonly door: () => Pick<ProviderDoor, "sessions" | "sessionOf">;
  readonly clock: Clock;
  readonly currency: Currency;
  readonly version: string;
  /** Of the exchange's key. */
  readonly fingerprint: string;
}

const joulesPerKwh = 3_600_000;

/** Tells who computes here now, and how much. */
export class NetworkDesk {
  readonly #options: NetworkDeskOptions;
  readonly #since: Instant;
  #tasks = 0;
  #joules = 0;
  #usefulJoules = 0;

  constructor(options: NetworkDeskOptions) {
    this.#options = options;
    this.#since = options.clock.now();
  }

  /** A result came; its energy is undefined where no claim of it may be true. */
  note(energy: ClaimedEnergy | undefined): void {
    this.#tasks += 1;
    this.#joules += energy?.joules ?? 0;
    this.#usefulJoules += energy?.usefulJoules ?? 0;
  }

  view(): NetworkView {
    const { door, clock, currency, version, fingerprint } = this.#options;
    const sessions = [...door().sessions];
    return {
      version,
      at: textOf(clock.now()),
      currency,
      fingerprint,
      now: sumPresences(sessions),
      kinds: providerKinds.map((kind) => ({
        kind,
        ...sumPresences(sessions.filter((session) => session.kind === kind)),
      })),
      regions: byRegion(sessions),
      since: textOf(this.#since),
      done: {
        tasks: this.#tasks,
        energyKwh: this.#joules / joulesPerKwh,
        usefulHeatKwh: this.#usefulJoules / joulesPerKwh,
      },
    };
  }

  /** Providers after one of them, by their ids: those that are here now, or all. */
  async presences(
    { after = "", all }: { readonly after?: string | undefined; readonly all: boolean },
    isNamed: boolean,
  ): Promise<PresencesView> {
    const { store } = this.#options;
    const found = await store.providersAfter(after, presencesPage, all ? undefined : this.#here(after));
    const last = found.at(-1);
    return {
      providers: found.map((provider) => this.#presence(provider, isNamed)),
      next: last && found.length === presencesPage ? last.id : null,
    };
  }

  #here(after: string): ProviderId[] {
    const ids = [...this.#options.door().sessions].map(({ provider }) => provider);
    return ids
      .filter((id) => id > after)
      .toSorted()
      .slice(0, presencesPage);
  }

  #presence(provider: StoredProvider, isNamed: boolean): PresenceView {
    const { id, name, kind, region, joinedAt, isRevoked, standing } = provider;
    const session = this.#options.door().sessionOf(id);
    return {
      id,
      name: isNamed ? name : null,
      kind: kind as PresenceView["kind"],
      region,
      joinedAt: textOf(joinedAt),
      isRevoked,
      trust: trustIn(standing),
      ...(session ? this.#doing(session) : doingNothing),
    };
  }

  #doing({ slots, running, asks, gramsPerClassHour, draw }: ProviderSession) {
    const [next] = stepsAfter(asks, running);
    return {
      isConnected: true,
      slots,
      running,
      asks: next ? toMoney(next.perClassHour, this.#options.currency) : null,
      gramsPerClassHour: gramsPerClassHour ?? null,
      watts: draw ? draw.watts * running : null,
      usefulWatts: draw ? draw.usefulWatts * running : null,
    };
  }
}

const doingNothing = {
  isConnected: false,
  slots: 0,
  running: 0,
  asks: null,
  gramsPerClassHour: null,
  watts: null,
  usefulWatts: null,
};

const mostRegions = 300;

const byRegion = (sessions: readonly ProviderSession[]): NetworkView["regions"] =>
  [...Map.groupBy(sessions, ({ region }) => region)]
    .map(([region, there]) => ({ region, ...sumPresences(there) }))
    .sort((a, b) => b.providers - a.providers || (a.region ?? "").localeCompare(b.region ?? ""))
    .slice(0, mostRegions);

const textOf = (at: Instant) => new Date(at).toISOString();
