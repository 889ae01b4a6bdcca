import { type Agent, type AgentEvent, startAgent } from "../../agent/index.ts";
import { Celsius, type Clock, formatMicros, type HeaterId, Micros, type Random, Seconds, type SiteEvent } from "../../domain/index.ts"; // prettier-ignore
import type { ControlOutput, HeaterReading, TaskClaim } from "../../heat/index.ts";
import { type AskedSlot, askOfHeat, curveOf } from "../../market/index.ts";
import { maxAskSteps, maxSlots, type OfferText, type SiteExchangeView, toMoney } from "../../wire/index.ts";
import type { JobIncome } from "../earnings.ts";
import type { ExchangeConfig } from "../config/exchangeConfig.ts";
import type { SiteSetup } from "../siteSetup.ts";
import { type AgentSeen, followAgent, refusedAgent, unseenAgent } from "./agentSeen.ts";
import { heatMeter, type MeteredHeater } from "./heatMeter.ts";
import { type ExpectationMemory, rememberedExpectation } from "./rememberedExpectation.ts";
import { canCompute, gramsOf, heatedSiteOf, mayGoOn, type OfferedSite, warmestOf } from "./heatedSite.ts";
import type { ProviderKey } from "./providerKey.ts";
import { type DeskHeater, TaskDesk } from "./taskDesk.ts";
import { TaskGauges } from "./taskGauges.ts";

export interface SiteExchangeOptions {
  readonly clock: Clock;
  /** The host's own time, in which exchanges live. */
  readonly host: Clock;
  readonly random: Random;
  readonly provider: () => ProviderKey;
  /** Where what tasks earned is remembered over a restart. */
  readonly memory: ExpectationMemory;
  readonly tell: (event: Omit<SiteEvent, "at">) => void;
}

/** The site's side of its exchange: what it asks, which tasks it holds, and what they need of its heaters. */
export interface SiteExchange {
  /** Goes by another configuration: other heaters, limits, or another exchange. */
  follow(setup: Pick<SiteSetup, "name" | "exchange" | "heaters" | "control" | "tariff">): Promise<void>;
  /** Asks anew after a round. */
  ask(site: OfferedSite, readings: () => Readings): void;
  /** Offers nothing until it asks anew: the loop has failed. Tasks have half a minute, or as long as they are powered. */
  withdraw(): void;
  /** By heater; tasks of those that their owner has stopped are told to end. */
  claims(stopped: readonly HeaterId[]): Readonly<Record<string, TaskClaim>>;
  /** What was settled since the last call. */
  drain(): JobIncome;
  /** What a kWh may be expected to earn by tasks, in money, by heater. */
  expectedPerKwh(): Readonly<Record<string, number>>;
  /** As it is shown; undefined where the site offers itself to nobody. */
  view(): SiteExchangeView | undefined;
  /** That heaters hold other tasks than before. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

type Readings = Readonly<Record<string, HeaterReading | undefined>>;
type Followed = Parameters<SiteExchange["follow"]>[0];

/** Refused its power for so long, a task's heater is not offered it any more. */
const longestRefusal = Seconds(60);
/** For tasks to end when the site does. */
const grace = Seconds(2);

export function siteExchange(options: SiteExchangeOptions): SiteExchange {
  const { clock, host, tell } = options;
  let known: ProviderKey | undefined;
  let listener = () => {};
  const gauges = new TaskGauges(clock, host);
  const desk = new TaskDesk({ clock, gauges, onChange: () => listener() });
  const expectation = rememberedExpectation(options.memory, clock);
  const refusedSince = new Map<HeaterId, number>();
  let followed: Followed | undefined;
  let agent: Agent | undefined;
  let address: string | undefined;
  let slots: readonly AskedSlot[] = [];
  let grams: number | undefined;
  let seen: AgentSeen = unseenAgent;
  let heatWanted = 0;
  let metered: readonly MeteredHeater[] = [];
  let settled = 0;
  let askedAt = clock.monotonic();
  let income: JobIncome = { micros: Micros(0n), tasks: 0 };

  const offerOf = (exchange: ExchangeConfig): OfferText => ({
    steps: curveOf(slots.slice(0, maxSlots), maxAskSteps).map((step) => ({
      slots: step.slots,
      perClassHour: formatMicros(step.perClassHour),
    })),
    memoryMiB: exchange.memoryMiB,
    ...(grams === undefined ? {} : { gramsPerClassHour: Math.round(grams * 10) / 10 }),
  });

  function onEvent(event: AgentEvent): void {
    seen = followAgent(seen, event, host.now());
    const say = (level: SiteEvent["level"], code: string, message: string) =>
      tell({ level, code, subject: "exchange", message });
    switch (event.kind) {
      case "joined":
        return say("info", "exchange/joined", `offers heaters to the exchange as ${event.provider}`);
      case "lost":
        return say("info", "exchange/lost", `the exchange is away: ${event.why}`);
      case "settled":
        if (event.price === undefined) return;
        settled += Number(event.price) / 1e6;
        income = { micros: Micros(income.micros + event.price), tasks: income.tasks + 1 };
        return;
      case "failed":
        return say("info", "exchange/task-failed", `a task ended without a result: ${event.message}`);
      default:
    }
  }

  function join({ name, tariff }: Followed, exchange: ExchangeConfig): void {
    const provider = (known ??= options.provider());
    const token = provider.tokenOf(exchange.address.fingerprint);
    agent = startAgent({
      exchange: exchange.address,
      key: provider.key,
      kind: "home",
      name,
      region: exchange.region,
      currency: tariff.currency,
      offer: offerOf(exchange),
      runner: desk,
      meter: heatMeter((place) => metered.find((heater) => heater.id === place)),
      clock: host,
      random: options.random,
      ...(token === undefined ? {} : { token }),
      onToken: (fresh) => provider.keepToken(exchange.address.fingerprint, fresh),
      onEvent,
    });
    void tellRefusal(agent);
  }

  async function tellRefusal(refused: Agent): Promise<void> {
    const { message } = await refused.ended;
    if (agent === refused) seen = refusedAgent(seen, message);
    tell({ level: "alarm", code: "exchange/refused", subject: "exchange", message });
  }

  async function leave(within: Seconds): Promise<void> {
    const left = agent;
    agent = undefined;
    [slots, seen] = [[], unseenAgent];
    await left?.close(within);
  }

  /** Whether the control has refused a heater what its tasks need for longer than a start takes. */
  function isRefused(id: HeaterId, { heaters }: Pick<ControlOutput, "heaters">): boolean {
    const claim = desk.claims()[id];
    const drawn = heaters.find((one) => one.id === id);
    if (!claim || drawn?.state === "heating" || drawn?.state === "settling") {
      refusedSince.delete(id);
      return false;
    }
    const since = refusedSince.get(id) ?? clock.monotonic();
    refusedSince.set(id, since);
    return clock.monotonic() - since > longestRefusal;
  }

  return {
    async follow(setup) {
      followed = withHostsAlone(setup);
      const { exchange } = setup;
      const { currency } = setup.tariff;
      const next = exchange && `${exchange.address.url}#${exchange.address.fingerprint} ${currency}`;
      if (next === address) return;
      await leave(grace);
      address = next;
      if (exchange) join(setup, exchange);
    },
    ask(site, readings) {
      const { exchange, control, heaters } = followed ?? {};
      if (!exchange || !control || !heaters) return;
      const now = clock.monotonic();
      const watts = slots.reduce((sum, { heater }) => sum + wattsOf(control, heater), 0);
      expectation.watch({ seconds: now - askedAt, watts, settled });
      gauges.follow({
        reading: (id) => readings()[id],
        setpoint: (id) => site.state.heaters[id]?.setpoint.watts ?? 0,
      });
      [askedAt, settled] = [now, 0];
      const heated = heatedSiteOf(control, exchange, site);
      const asked = askOfHeat(heated);
      grams = gramsOf(heated, site.gramsPerKwh);
      slots = asked;
      const known = control.heaters.flatMap((heater, index): DeskHeater[] => {
        const { traits, id, sink } = heater;
        const host = heaters[index]?.driver.tasks;
        if (!host || !traits.tasks || !canCompute(heater, exchange)) return [];
        const { idleWatts } = traits;
        const { wattsPerSlot } = traits.tasks;
        const warmest = Celsius(warmestOf(sink, exchange, site));
        const goesOn = mayGoOn(heater, exchange, site, control) && !isRefused(id, site.control);
        return [{ id, host, idleWatts, wattsPerSlot, warmest, mayGoOn: goesOn }];
      });
      heatWanted = wantedIn(
        new Set(
          control.heaters.filter(({ id }) => known.some((one) => one.id === id)).map(({ sink }) => sink),
        ),
        site,
      );
      metered = known.flatMap(({ id, wattsPerSlot, mayGoOn: isWanted }): MeteredHeater[] => {
        const heater = control.heaters.find((one) => one.id === id);
        const sink = control.sinks.find((one) => one.id === heater?.sink);
        return heater && sink ? [{ id, wattsPerSlot, heatShare: heater.heatShare, sink, isWanted }] : [];
      });
      desk.follow(
        known,
        asked.map(({ heater }) => heater as HeaterId),
      );
      agent?.offer(offerOf(exchange));
    },
    withdraw() {
      slots = [];
      desk.follow([], []);
      if (followed?.exchange) agent?.offer(offerOf(followed.exchange));
    },
    claims: (stopped) => desk.claims(stopped),
    drain() {
      const told = income;
      income = { micros: Micros(0n), tasks: 0 };
      return told;
    },
    expectedPerKwh() {
      const { exchange, control } = followed ?? {};
      if (!exchange || !control) return {};
      const perKwh = expectation.perKwh();
      const able = control.heaters.filter((heater) => canCompute(heater, exchange));
      return Object.fromEntries(able.map(({ id }) => [id, perKwh]));
    },
    view() {
      const { exchange, tariff } = followed ?? {};
      if (!exchange || !tariff) return undefined;
      const money = (amount: Micros) => toMoney(amount, tariff.currency);
      const { tasks, ...standing } = seen;
      return {
        ...exchange.address,
        ...standing,
        heatWantedWatts: Math.round(heatWanted),
        asks: curveOf(slots.slice(0, maxSlots), maxAskSteps).map((step) => ({
          slots: step.slots,
          perClassHour: money(step.perClassHour),
        })),
        tasks: tasks.map(({ since, price, ...task }) => ({
          ...task,
          since: new Date(since).toISOString(),
          price: money(price),
        })),
      };
    },
    onChange: (next) => (listener = next),
    async close() {
      await leave(grace);
      await desk.close();
      await expectation.keep();
    },
  };
}

/** Of a heater without a place for tasks no slot is asked for. */
const withHostsAlone = (setup: Followed): Followed => ({
  ...setup,
  control: {
    ...setup.control,
    heaters: setup.control.heaters.map((heater, index) => {
      const { tasks: _tasks, ...traits } = heater.traits;
      return setup.heaters[index]?.driver.tasks ? heater : { ...heater, traits };
    }),
  },
});

const wattsOf = ({ heaters }: SiteSetup["control"], id: string): number =>
  heaters.find((heater) => heater.id === id)?.traits.tasks?.wattsPerSlot ?? 0;

/** What their sinks want now, W. */
const wantedIn = (sinks: ReadonlySet<string>, { control }: Pick<OfferedSite, "control">): number =>
  control.sinks.reduce((sum, { id, wanted }) => sum + (sinks.has(id) ? Math.max(0, wanted) : 0), 0);
