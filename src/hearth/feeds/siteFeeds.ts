import { isDeepStrictEqual } from "node:util";
import {
  type Clock,
  type Currency,
  type Instant,
  type Micros,
  type Random,
  Seconds,
  type SiteEvent,
  spanAt,
  type Timeline,
} from "../../domain/index.ts";
import {
  carbonKind,
  type Credentials,
  type FeedKind,
  type FeedMemory,
  openFeed,
  priceKind,
  weatherKind,
} from "../../drivers/index.ts";
import { type Feed, feedAlarm, type FeedState, type Tariff } from "../../energy/index.ts";
import type { Weather } from "../../heat/index.ts";
import type { FeedEntry } from "../config/feedsConfig.ts";
import type { FeedsSetup, SiteSetup } from "../siteSetup.ts";

export type FeedName = keyof FeedsSetup;

export interface SiteFeedsContext {
  /** Their servers live in the host's time. */
  readonly clock: Clock;
  readonly random: Random;
  readonly memory: FeedMemory;
  secret(name: string): Credentials | undefined;
}

/** What a site asks of the world outside: prices, carbon intensity, weather. */
export interface SiteFeeds {
  /** Opens what the configuration names and closes the rest; what stays the same goes on. */
  follow(setup: FeedsOf): Promise<void>;
  /** A tariff with the market's prices that are known now. */
  withMarket(tariff: Tariff): Tariff;
  /** g/kWh. */
  carbon(): Timeline<number>;
  /** Of one kWh more, g/kWh. */
  marginal(): Timeline<number>;
  weather(): Timeline<Weather>;
  status(): readonly FeedStatus[];
  alarms(now: Instant): readonly SiteEvent[];
  close(): Promise<void>;
}

export interface FeedStatus extends Pick<FeedState<unknown>, "fetchedAt" | "trouble"> {
  readonly name: FeedName;
  readonly driver: string;
  /** Until when there are figures without a gap from now on; undefined where there is none now. */
  readonly coveredUntil: Instant | undefined;
}

type FeedsOf = Pick<SiteSetup, "feeds"> & {
  readonly tariff: { readonly currency: Currency };
  readonly control: { readonly timezone: string };
};

interface Running<Value> {
  readonly entry: FeedEntry<Value>;
  readonly gist: unknown;
  readonly feed: Feed<Value>;
  readonly since: Instant;
}

const names: Readonly<Record<FeedName, string>> = {
  prices: "The market's prices",
  carbon: "The grid's carbon intensity",
  marginal: "The grid's marginal carbon intensity",
  weather: "The weather forecast",
};

export function siteFeeds(context: SiteFeedsContext): SiteFeeds {
  const running: {
    prices?: Running<Micros> | undefined;
    carbon?: Running<number> | undefined;
    marginal?: Running<number> | undefined;
    weather?: Running<Weather> | undefined;
  } = {};
  let changing = Promise.resolve();

  async function changed<Value>(
    name: FeedName,
    before: Running<Value> | undefined,
    entry: FeedEntry<Value> | undefined,
    kind: FeedKind<Value>,
    { tariff, control }: FeedsOf,
  ): Promise<Running<Value> | undefined> {
    const gist = { entry, currency: tariff.currency, timezone: control.timezone };
    if (before && isDeepStrictEqual(before.gist, gist)) return before;
    await before?.feed.close();
    if (!entry) return undefined;
    const feed = openFeed({
      name,
      kind,
      definition: entry.definition,
      config: entry.config,
      context: {
        ...context,
        secret: (of) => context.secret(of),
        random: context.random.fork(name),
        timezone: control.timezone,
        currency: tariff.currency,
      },
    });
    return { entry, gist, feed, since: context.clock.now() };
  }

  async function change(setup: FeedsOf): Promise<void> {
    const { prices, carbon, marginal, weather } = setup.feeds ?? {};
    running.prices = await changed("prices", running.prices, prices, priceKind, setup);
    running.carbon = await changed("carbon", running.carbon, carbon, carbonKind, setup);
    running.marginal = await changed("marginal", running.marginal, marginal, carbonKind, setup);
    running.weather = await changed("weather", running.weather, weather, weatherKind, setup);
  }

  const open = () =>
    (["prices", "carbon", "marginal", "weather"] as const).flatMap((name) => {
      const one = running[name];
      return one ? [{ name, since: one.since, entry: one.entry, state: one.feed.state() }] : [];
    });

  return {
    follow(setup) {
      changing = changing.then(() => change(setup));
      return changing;
    },
    withMarket: (tariff) =>
      tariff.kind === "spot" ? { ...tariff, market: running.prices?.feed.state().timeline ?? [] } : tariff,
    carbon: () => running.carbon?.feed.state().timeline ?? [],
    marginal: () => running.marginal?.feed.state().timeline ?? [],
    weather: () => running.weather?.feed.state().timeline ?? [],
    status: () =>
      open().map(({ name, entry, state }) => ({
        name,
        driver: entry.definition.name,
        coveredUntil: coveredUntil(state.timeline, context.clock.now()),
        ...(state.fetchedAt === undefined ? {} : { fetchedAt: state.fetchedAt }),
        ...(state.trouble === undefined ? {} : { trouble: state.trouble }),
      })),
    alarms: (now) =>
      open().flatMap(({ name, since, entry, state }): SiteEvent[] => {
        const alarmAfter = Seconds(entry.alarmAfterHours * 3600);
        const why = feedAlarm(state, since, context.clock.now(), alarmAfter);
        if (why === undefined) return [];
        const message = `${names[name]}: ${entry.definition.name} ${why}`;
        return [{ at: now, level: "warning", code: "feed/stale", subject: "site", message }];
      }),
    async close() {
      await changing;
      await Promise.all([
        running.prices?.feed.close(),
        running.carbon?.feed.close(),
        running.marginal?.feed.close(),
        running.weather?.feed.close(),
      ]);
    },
  };
}

function coveredUntil(timeline: Timeline<unknown>, now: Instant): Instant | undefined {
  let span = spanAt(timeline, now);
  let end = span?.until;
  while (span) {
    end = span.until;
    span = spanAt(timeline, end);
  }
  return end;
}
