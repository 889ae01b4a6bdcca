import { type Clock, type Currency, Instant, Micros, type ProviderId } from "../domain/index.ts";
import { checkChance, isBanned, trustIn, trustRules } from "../jobs/index.ts";
import { heldAccount, providerAccount } from "../market/index.ts";
import type { ExchangeStore, ProviderDay, StoredProvider } from "../store/index.ts";
import { type ProviderDetail, providerDays, toMoney } from "../wire/index.ts";
import type { ProviderDoor } from "./providers/providerDoor.ts";

export interface ProviderDeskOptions {
  readonly store: ExchangeStore;
  readonly door: Pick<ProviderDoor, "sessionOf">;
  readonly clock: Clock;
  readonly currency: Currency;
}

const dayMs = 86_400_000;
const mostVerdicts = 25;

/** Tells of one provider what it does and earned, and why it is believed or not. */
export class ProviderDesk {
  readonly #options: ProviderDeskOptions;

  constructor(options: ProviderDeskOptions) {
    this.#options = options;
  }

  async find(id: ProviderId): Promise<StoredProvider | undefined> {
    const [known] = await this.#options.store.providersAfter("", 1, [id]);
    return known;
  }

  async detail(provider: StoredProvider): Promise<ProviderDetail> {
    const { store, clock, currency } = this.#options;
    const { id, standing } = provider;
    const today = Math.floor(clock.now() / dayMs);
    const first = today - providerDays + 1;
    const [days, verdicts, earned, held] = await Promise.all([
      store.providerDays(id, first),
      store.providerVerdicts(id, Instant(first * dayMs), mostVerdicts),
      store.balanceOf(providerAccount(id)),
      store.balanceOf(heldAccount(id)),
    ]);
    const money = (amount: Micros) => toMoney(amount, currency);
    const byDay = new Map(days.map((day) => [day.day, day]));
    return {
      ...this.#facts(provider),
      ...standing,
      trust: trustIn(standing),
      checkShare: checkChance(standing),
      probationLeft: standing.isVouched ? 0 : Math.max(0, trustRules.probation - standing.streak),
      strikesLeft: isBanned(standing) ? 0 : Math.max(0, trustRules.strikes - standing.wrong),
      now: this.#now(id),
      earned: money(earned),
      held: money(held),
      days: Array.from({ length: providerDays }, (_, at) => {
        const { day, ...rest } = byDay.get(first + at) ?? emptyDay(first + at);
        return { ...rest, from: textOf(day * dayMs), earned: money(rest.earned) };
      }),
      verdicts: verdicts.map(({ at, price, ...verdict }) => ({
        ...verdict,
        at: textOf(at),
        price: money(price),
      })),
    };
  }

  #facts({ id, name, kind, region, owner, joinedAt, isRevoked, restUntil, watts }: StoredProvider) {
    return {
      id,
      name,
      kind: kind as ProviderDetail["kind"],
      region,
      owner,
      joinedAt: textOf(joinedAt),
      isRevoked,
      restUntil: restUntil > this.#options.clock.now() ? textOf(restUntil) : null,
      maxWatts: watts,
    };
  }

  #now(id: ProviderId): ProviderDetail["now"] {
    const session = this.#options.door.sessionOf(id);
    if (!session) return null;
    const { slots, running, asks, draw, memoryMiB, gramsPerClassHour } = session;
    return {
      slots,
      running,
      asks: asks.map((step) => ({
        slots: step.slots,
        perClassHour: toMoney(step.perClassHour, this.#options.currency),
      })),
      memoryMiB,
      gramsPerClassHour: gramsPerClassHour ?? null,
      watts: draw ? draw.watts * running : null,
      usefulWatts: draw ? draw.usefulWatts * running : null,
    };
  }
}

const emptyDay = (day: number): ProviderDay => ({
  day,
  tasks: 0,
  earned: Micros(0n),
  wrong: 0,
  failed: 0,
  connectedSeconds: 0,
});

const textOf = (at: number) => new Date(at).toISOString();
