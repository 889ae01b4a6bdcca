import {
  type Clock,
  HearthworkError,
  HeaterId,
  messageOf,
  Seconds,
  type SiteEvent,
  spanAt,
  Watts,
} from "../domain/index.ts";
import { priceAt } from "../energy/index.ts";
import type { OwnerWishes, Setpoint } from "../heat/index.ts";
import type { Store } from "../store/index.ts";
import { decisionView, eventView } from "./apiViews.ts";
import { atMost } from "./atMost.ts";
import type { DeviceChange } from "./devicePool.ts";
import type { SiteFeeds } from "./feeds/siteFeeds.ts";
import { forecastView } from "./feeds/forecastView.ts";
import { type HeaterPort, openHeaterPort } from "./heaterPort.ts";
import { heaterDetail } from "./heaterDetail.ts";
import { keepClosed } from "./ledger/keptLedger.ts";
import { withoutKept } from "./ledger/ledger.ts";
import { ledgerCsv, ledgerIntervalsView, ledgerRatesOf, ledgerView } from "./ledger/siteLedger.ts";
import { headOf, historyCsv } from "./historyCsv.ts";
import { openJournal } from "./journal.ts";
import { ownerCommands } from "./ownerCommands.ts";
import { requireKnown } from "./requireKnown.ts";
import { type Efficiencies, efficienciesNow, miningPerKwh, plannedSiteOf } from "./planning/plannedSite.ts";
import type { SiteExchange } from "./exchange/siteExchange.ts";
import { answerWhatIf, planStatusView } from "./planning/planView.ts";
import type { SitePlanner } from "./planning/sitePlanner.ts";
import type { Outlets } from "./outlets/openOutlets.ts";
import { adaptedRound, restoredRound, round, type RoundOutput } from "./round.ts";
import { sense, sensed } from "./sense.ts";
import type { SiteService } from "./siteService.ts";
import type { SiteSetup } from "./siteSetup.ts";
import { requireSeries, siteHistory } from "./siteHistory.ts";
import { siteView } from "./siteView.ts";

export interface HearthOptions {
  readonly setup: SiteSetup;
  readonly store: Store;
  readonly clock: Clock;
  /** The host's own time, where the site's is virtual: devices and the database live in it. */
  readonly host?: Clock;
  readonly version: string;
  /** What devices told and is yet to be recorded; the hearth empties it. */
  readonly inbox: SiteEvent[];
  /** Something that happened at the site. */
  onEvent?(event: SiteEvent): void;
  /** What is wrong around the loop, beside what it sees itself. */
  readonly alarms?: () => readonly SiteEvent[];
  /** A bug in the loop, or chores that failed. */
  onFault(thrown: unknown): void;
  /** What is asked of the world outside; nothing without it. */
  readonly feeds?: SiteFeeds;
  /** Plans ahead; nothing is planned without it. */
  readonly planner?: SitePlanner;
  /** To whom heaters are offered for tasks; to nobody without it. */
  readonly exchange?: SiteExchange;
  /** Who outside is told. */
  readonly outlets?: Pick<Outlets, "status" | "testAlarms">;
  /** Only of a virtual home. */
  readonly virtual?: { speed(): number; setSpeed(speed: number): void };
}

export interface Hearth extends SiteService {
  /**
   * Goes on with other devices and rules. Heaters that stay are heated on without a pause; one that goes is brought to
   * its safe state before the loop forgets it, so that it is watched until then. Not twice at a time.
   * @throws {HearthworkError} when the loop could not run so; then nothing has changed.
   */
  reconfigure(change: Pick<DeviceChange, "setup" | "replaced">): Promise<void>;
  /** Brings every heater to its safe state, records it, and lets go. The store stays open. */
  close(): Promise<void>;
}

const stop: Setpoint = { watts: Watts(0), workload: "idle" };
const period = Seconds(10);
const soon = Seconds(0.2);
const healthyAge = Seconds(30);
const choresEvery = Seconds(600);
const closingTime = Seconds(10);
const answerWithin = Seconds(10);

const unavailable = (message: string) =>
  new HearthworkError({ code: "api/unavailable", message, retry: "later" });

/** Starts a site's loop: sense, estimate, decide, act and record, every 10 s and whenever the owner asks for something. */
export async function startHearth(options: HearthOptions): Promise<Hearth> {
  const { store, clock, host = clock } = options;
  let { setup } = options;
  const kept = await store.latestState();
  let state = restoredRound(setup.control, kept?.state);
  /** What is in the database: totals are told from it, so that none goes back over a restart. */
  let durable = state;
  let latest: RoundOutput | undefined;
  let tickCount = 0;
  let triedAt = clock.monotonic();
  let tickedAt = triedAt;
  let fault: SiteEvent | undefined;
  const listeners = new Set<Parameters<SiteService["onChange"]>[0]>();
  let efficiencies: Efficiencies = {};
  const journal = openJournal(store, host);
  let ports = setup.heaters.map(({ id, driver }) => openHeaterPort(id, driver, clock, host));
  let plugs = (setup.loads ?? []).map(({ id, driver }) => openHeaterPort(HeaterId(id), driver, clock, host));
  const ended = new AbortController();

  const tariffNow = () => options.feeds?.withMarket(setup.tariff) ?? setup.tariff;
  const readingsNow = () => Object.fromEntries(ports.map((port) => [port.id, port.snapshot().reading]));
  const outside = () => ({
    carbon: options.feeds?.carbon() ?? [],
    marginal: options.feeds?.marginal() ?? [],
    weather: options.feeds?.weather() ?? [],
  });

  /** One round. Undefined when it failed, and with it every heater was stopped; else resolves once it is recorded. */
  function tick(): Promise<void> | undefined {
    triedAt = clock.monotonic();
    const elapsed = Seconds(latest === undefined ? 0 : triedAt - tickedAt);
    tickCount += 1;
    try {
      const before = fault ? restoredRound(setup.control, state) : state;
      const claims = unlessItFails(() => options.exchange?.claims(state.owner.stoppedHeaters)) ?? {};
      const input = sense(options, setup, ports, plugs, elapsed, outside(), claims);
      latest = round(setup.control, tariffNow(), before, {
        ...input,
        rates: ledgerRatesOf(setup),
        jobs: options.exchange?.drain(),
        plan: unlessItFails(() => options.planner?.now()),
      });
    } catch (thrown) {
      options.onFault(thrown);
      fault ??= loopFault(clock, thrown);
      for (const port of [...ports, ...plugs]) port.ask(stop, true);
      unlessItFails(() => options.exchange?.withdraw());
      if (latest) tellListeners();
      return undefined;
    }
    fault = undefined;
    tickedAt = triedAt;
    state = latest.state;
    for (const [index, { setpoint, urgent, unseen }] of latest.control.decisions.entries()) {
      if (!unseen) ports[index]?.ask(setpoint, urgent);
    }
    for (const [index, { setpoint, urgent }] of latest.loads.decisions.entries()) {
      plugs[index]?.ask(setpoint, urgent);
    }
    planAhead(latest);
    askAnew(latest);
    const recorded = keep(latest);
    for (const event of latest.record.events) options.onEvent?.(event);
    tellListeners();
    return recorded;
  }

  /** A planner that fails costs its plan, never the round. */
  function unlessItFails<Value>(work: () => Value): Value | undefined {
    try {
      return work();
    } catch (thrown) {
      options.onFault(thrown);
      return undefined;
    }
  }

  function planAhead({ control, state: passed }: RoundOutput): void {
    unlessItFails(() => {
      efficiencies = efficienciesNow(efficiencies, readingsNow(), passed.control);
      const at = clock.now();
      const seen = {
        at,
        control,
        state: passed,
        tariff: tariffNow(),
        outside: outside(),
        efficiencies,
        jobsPerKwh: options.exchange?.expectedPerKwh(),
      };
      options.planner?.follow(plannedSiteOf(setup, seen));
    });
  }

  function askAnew({ control, state: passed }: RoundOutput): void {
    unlessItFails(() => {
      const at = clock.now();
      options.exchange?.ask(
        {
          at,
          control,
          state: passed.control,
          watches: passed.watches,
          pricePerKwh: Number(priceAt(tariffNow(), at)) / 1e6,
          gramsPerKwh: spanAt(outside().carbon, at)?.value ?? setup.gramsPerKwh,
          plan: options.planner?.now() ? options.planner.latest() : undefined,
          miningPerKwh: miningPerKwh(setup, passed.earnings, efficiencies),
        },
        readingsNow,
      );
    });
  }

  /** What is over of the ledger goes into the site's memory; until then it stays in the round's state. */
  async function keepLedger(): Promise<void> {
    const kept = state.ledger;
    if (!kept || kept.closed.length + kept.closedQuarters.length === 0) return;
    await keepClosed(store, kept);
    if (state.ledger) state = { ...state, ledger: withoutKept(state.ledger, kept) };
  }

  async function keep({ record, state: passed }: RoundOutput): Promise<void> {
    if (await journal.record(record)) durable = passed;
  }

  function tellListeners(): void {
    if (listeners.size === 0) return;
    const seen = view();
    for (const listener of listeners) {
      try {
        listener(seen);
      } catch (thrown) {
        options.onFault(thrown);
      }
    }
  }

  function view() {
    if (!latest) throw unavailable("The hearth is starting");
    return siteView(setup, {
      tariff: tariffNow(),
      outside: outside(),
      feeds: options.feeds?.status() ?? [],
      at: clock.now(),
      tick: tickCount,
      version: options.version,
      control: latest.control,
      state,
      durable,
      readings: readingsNow(),
      loads: latest.loads.decisions,
      drawnByLoads: Object.fromEntries(plugs.map((port) => [port.id, port.snapshot().reading])),
      speed: options.virtual?.speed(),
      exchange: options.exchange?.view(),
      outlets: options.outlets?.status() ?? [],
      alarms: [
        ...(fault ? [fault] : []),
        ...latest.loads.alarms,
        ...(options.alarms?.() ?? []),
        ...(options.feeds?.alarms(clock.now()) ?? []),
        ...journalAlarm(),
      ],
    });
  }

  function journalAlarm(): SiteEvent[] {
    const trouble = journal.trouble();
    if (trouble === undefined) return [];
    return [{ at: clock.now(), level: "alarm", code: "store/behind", subject: "site", message: trouble }];
  }

  async function reconfigure({ setup: next, replaced }: Parameters<Hearth["reconfigure"]>[0]): Promise<void> {
    const goOn = () => adaptedRound(next.control, state, replaced);
    const stays = ({ driver }: HeaterPort) =>
      [...next.heaters, ...(next.loads ?? [])].some((heater) => heater.driver === driver);
    const rehearsal = {
      events: [],
      heard: {},
      sensed: {},
      control: sensed(clock, next, ports.filter(stays), Seconds(0)),
    };
    round(next.control, next.tariff, goOn(), rehearsal);
    await Promise.allSettled([...ports, ...plugs].filter((port) => !stays(port)).map((port) => port.close()));
    if (ended.signal.aborted) return;
    const lostSensors = setup.sinks.filter(
      ({ sensor }) => !next.sinks.some((sink) => sink.sensor === sensor),
    );
    const lostMeter = setup.meter === next.meter ? undefined : setup.meter;
    state = goOn();
    ports = next.heaters.map(({ id, driver }) => {
      const staying = ports.find((port) => port.driver === driver);
      return staying ?? openHeaterPort(id, driver, clock, host);
    });
    plugs = (next.loads ?? []).map(({ id, driver }) => {
      const staying = plugs.find((port) => port.driver === driver);
      return staying ?? openHeaterPort(HeaterId(id), driver, clock, host);
    });
    setup = next;
    options.inbox.push({
      at: clock.now(),
      level: "info",
      code: "config/in-force",
      subject: "site",
      message: "the configuration was changed",
    });
    void tick();
    await Promise.allSettled([...lostSensors.map(({ sensor }) => sensor.close()), lostMeter?.close()]);
  }

  let isSoon = false;
  /** Tasks come and go in numbers: one round is for all of them. */
  async function tickSoon(): Promise<void> {
    if (isSoon || ended.signal.aborted) return;
    isSoon = true;
    await host.sleep(soon, ended.signal);
    isSoon = false;
    if (!ended.signal.aborted) void tick();
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(Seconds(Math.max(0, triedAt + period - clock.monotonic())), ended.signal);
      if (!ended.signal.aborted) void tick();
    }
  }

  async function chores(): Promise<void> {
    while (!ended.signal.aborted) {
      await keepLedger().catch((thrown: unknown) => options.onFault(thrown));
      const left = await store.condense(clock.now()).catch((thrown: unknown) => options.onFault(thrown));
      await clock.sleep(left === "more" ? period : choresEvery, ended.signal);
    }
  }

  /** Changes the owner's wishes, acts on them at once, and resolves when both are recorded. */
  const command = async (subject: string, message: string, change: (owner: OwnerWishes) => OwnerWishes) => {
    options.inbox.push({ at: clock.now(), level: "info", code: "owner/wish", subject, message });
    state = { ...state, owner: change(state.owner) };
    const recorded = tick();
    if (!recorded) throw unavailable("The control loop failed, so every heater is stopped");
    let isRecorded = false;
    await atMost(
      host,
      answerWithin,
      recorded.then(() => (isRecorded = true)),
    );
    if (!isRecorded) throw unavailable(`It is done, but not recorded yet: ${journal.trouble() ?? "busy"}`);
  };
  const commands = ownerCommands({ control: () => setup.control, now: () => clock.now(), command });

  options.exchange?.onChange(() => void tickSoon());
  await tick();
  const loops = [run(), chores()];

  return {
    view,
    reconfigure,
    health() {
      const age = clock.monotonic() - tickedAt;
      const ok = age <= healthyAge && fault === undefined;
      return {
        ok,
        lastTickAgeSeconds: Math.max(0, age),
        message: ok ? "the loop runs" : (fault?.message ?? `no round for ${Math.round(age)} s`),
      };
    },
    heater(heaterId) {
      const config = requireKnown(setup.control.heaters, heaterId, "heater");
      return heaterDetail(config, ports.find(({ id }) => id === heaterId)?.snapshot().reading);
    },
    ...commands,
    async historyCsv(series, from, to, resolution) {
      await requireSeries(setup, store, series);
      const names = new Map([
        ...setup.sinks.map(({ id, name }) => [`sink/${id}`, name] as const),
        ...[...setup.heaters, ...(setup.loads ?? [])].map(({ id, name }) => [`heater/${id}`, name] as const),
      ]);
      return historyCsv(store, {
        columns: series.map((id) => ({ id, head: headOf(id, names) })),
        from,
        to,
        timezone: setup.control.timezone,
        ...(resolution === undefined ? {} : { resolution }),
      });
    },
    ledger: (months) => ledgerView(setup, store, state.ledger, clock.now(), months),
    ledgerIntervals: (from, to) => ledgerIntervalsView(setup, store, state.ledger, from, to),
    ledgerCsv: (from, to) => ledgerCsv(setup, store, state.ledger, from, to),
    plan: () => planStatusView(setup, options.planner, state.watches, outside()),
    whatIf: (supposed) => answerWhatIf(setup, options.planner, supposed, outside()),
    forecast: (hours) => forecastView(tariffNow(), outside(), clock.now(), hours),
    history: (series, from, to) => siteHistory(setup, store, series, from, to),
    events: async (page) => (await store.events(page)).map(eventView),
    decisions: async (page) => (await store.decisions(page)).map(decisionView),
    testAlarms: async () => (await options.outlets?.testAlarms()) ?? { ways: [] },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...(options.virtual ? { setSpeed: (speed: number) => options.virtual?.setSpeed(speed) } : {}),
    async close() {
      ended.abort();
      await Promise.allSettled([...ports, ...plugs].map((port) => port.close()));
      await Promise.allSettled([...setup.sinks.map(({ sensor }) => sensor.close()), setup.meter?.close()]);
      await atMost(host, closingTime, Promise.all(loops));
      await journal.close(closingTime);
    },
  };
}

const loopFault = (clock: Clock, thrown: unknown): SiteEvent => ({
  at: clock.now(),
  level: "alarm",
  code: "hearth/loop-fault",
  subject: "site",
  message: `The control loop failed, so every heater is stopped: ${messageOf(thrown)}`,
});
