import {
  type Instant,
  localIso,
  type Period,
  type Seconds,
  type SiteEvent,
  Watts,
} from "../../domain/index.ts";
import type { HeaterInput } from "../controlInput.ts";
import type { Setpoint } from "../heater.ts";
import { inTime, inWatts } from "../words.ts";
import {
  drawnByLoad,
  leftToRun,
  type LoadConfig,
  type LoadMemory,
  mayLoadDraw,
  needOf,
  newLoad,
  windowAt,
} from "./load.ts";

export interface LoadsInput {
  readonly at: Instant;
  readonly elapsed: Seconds;
  readonly timezone: string;
  /** By load; a missing one does not answer. */
  readonly loads: Readonly<Record<string, HeaterInput>>;
  /** What heaters and others leave of the feeder, W; below 0 where they may draw more. */
  readonly free: number;
  /** Whether a heater got less than it was to have, for the feeder's sake. */
  readonly isShort: boolean;
  /** Since a heater or a load was last started, s; another one starts so long after it. */
  readonly sinceStart: number;
  readonly stagger: Seconds;
  /** What the plan in force has for each now; undefined while none is. */
  readonly plan?: Readonly<Record<string, { readonly watts: Watts; readonly why: string }>> | undefined;
}

export type LoadState = "waits" | "runs" | "done" | "short" | "fault" | "unreachable";

export interface LoadDecision {
  readonly id: string;
  readonly setpoint: Setpoint;
  /** Written now, even if it was written before. */
  readonly urgent: boolean;
  readonly state: LoadState;
  /** In words, for the owner. */
  readonly reason: string;
  readonly window: Period | undefined;
  /** By then it has to begin to be done in time, without a plan, too; undefined where it has nothing to do, or need not. */
  readonly latestStart: Instant | undefined;
}

export interface LoadsOutput {
  readonly memory: Readonly<Record<string, LoadMemory>>;
  readonly decisions: readonly LoadDecision[];
  readonly hasStarted: boolean;
  readonly events: readonly SiteEvent[];
  readonly alarms: readonly SiteEvent[];
}

/** Once off for the feeder's sake, off for so long, s. */
const minOff = 180;
/** What was switched off is given so long to be read back before others are for it, s. */
const obeysWithin = 20;
/** A plug that is silent for longer is told, s. */
const silenceBorne = 60;
/**
 * Begun so much earlier than it would have to be, beside what it may have to wait for its turn: a plug takes a while, and
 * a load draws less than it says, s and share.
 */
const spare = { seconds: 120, share: 0.03 };

interface Watched {
  readonly config: LoadConfig;
  readonly memory: LoadMemory;
  readonly input: HeaterInput | undefined;
  readonly window: Period | undefined;
  readonly isDone: boolean;
  readonly latestStart: Instant | undefined;
  readonly trouble: { readonly state: "fault" | "unreachable"; readonly why: string } | undefined;
  readonly mayDraw: number;
}

/**
 * One round of a site's deferrable loads. Each runs when the plan has it run, and at the latest when it has to begin to
 * be done by its deadline. Heaters go first: it starts where the feeder has all of its power to spare and nothing else
 * has just started, and is shed, the last first, when a heater gets too little. Pure.
 */
export function runLoads(
  configs: readonly LoadConfig[],
  before: Readonly<Record<string, LoadMemory>>,
  input: LoadsInput,
): LoadsOutput {
  const watched = configs.map((config) => watchLoad(config, before[config.id] ?? newLoad, input));
  let free = input.free - watched.reduce((sum, { mayDraw }) => sum + mayDraw, 0);
  const shed = loadsToShed(watched, free, input);
  let mayStart = !input.isShort && shed.size === 0;
  let isItsTurn = input.sinceStart >= input.stagger;
  const decisions = watched.map((load): LoadDecision & { readonly on: boolean } => {
    const { config, memory, window, latestStart, trouble } = load;
    const told = { id: config.id, window, latestStart };
    const off = (state: LoadState, reason: string, urgent = false) =>
      ({ ...told, on: false, setpoint: idle, urgent: urgent && memory.on, state, reason }) as const;
    if (trouble) return off(trouble.state, trouble.why, true);
    const wish = wishOf(load, input);
    if (!wish.on) return off(wish.state, wish.why);
    const feeder = `the feeder has no ${inWatts(config.watts)} to spare: heaters go first`;
    if (shed.has(config.id)) return off("short", feeder, true);
    if (!memory.on) {
      if (memory.sinceSwitch < minOff) return off("short", "has just been switched off");
      if (!mayStart || free + load.mayDraw < config.watts) return off("short", feeder);
      if (!isItsTurn) return off("waits", turn(input));
      mayStart = false;
      isItsTurn = false;
      free -= Math.max(0, config.watts - load.mayDraw);
    }
    const setpoint = { watts: config.watts, workload: "heating" } as const;
    return { ...told, on: true, setpoint, urgent: false, state: "runs", reason: wish.why };
  });
  const ended = configs.flatMap((config) => missed(config, before[config.id], input));
  const troubles = watched.flatMap(({ config, memory, trouble }) =>
    eventsOf(config, memory, trouble?.why, input.at),
  );
  return {
    memory: Object.fromEntries(
      watched.map(({ config, memory, input: heard, trouble }, index) => {
        const on = decisions[index]?.on ?? false;
        const ran = heard?.reading !== undefined && heard.reading.workload !== "idle";
        // What has not run needs no rest.
        const switched = on || ran ? 0 : minOff;
        const sinceSwitch = on === memory.on ? memory.sinceSwitch : switched;
        return [config.id, { ...memory, on, sinceSwitch, trouble: trouble?.why ?? null }];
      }),
    ),
    decisions: decisions.map(({ on: _on, ...decision }) => decision),
    hasStarted: watched.some(({ memory }, index) => decisions[index]?.on === true && !memory.on),
    events: [...ended, ...troubles],
    alarms: watched.flatMap(({ config, trouble }) =>
      trouble ? [alarmOf(config, trouble.why, input.at)] : [],
    ),
  };
}

const turn = ({ stagger, sinceStart }: LoadsInput): string =>
  `something else has just started, waits ${inTime(Math.max(1, stagger - sinceStart))}`;

const idle: Setpoint = { watts: Watts(0), workload: "idle" };

/** What it did since the last round, and what is left of its window. */
function watchLoad(config: LoadConfig, before: LoadMemory, given: LoadsInput): Watched {
  const { at, elapsed, timezone, stagger } = given;
  const input = given.loads[config.id];
  const window = windowAt(config, at, timezone);
  const isNew = before.until === null || before.until <= at;
  const drawn = drawnByLoad(input, at);
  const ran = drawn > 0 && input?.reading?.workload !== "idle" ? Math.min(elapsed, silenceBorne) : 0;
  const gained = config.need.kind === "energy" ? drawn * ran : ran;
  const isHeard = input?.answers === true && input.reading !== undefined;
  const memory: LoadMemory = {
    ...before,
    until: window?.to ?? null,
    done: isNew ? 0 : before.done + (window !== undefined && at >= window.from ? gained : 0),
    sinceSwitch: Math.min(86_400, before.sinceSwitch + elapsed),
    silentFor: isHeard ? 0 : before.silentFor + elapsed,
    guarded: isHeard ? input.reading?.unguarded === undefined : before.guarded,
  };
  const left = leftToRun(config, memory);
  const latestStart =
    window && left > 0 && config.worth === undefined
      ? (Math.max(
          window.from,
          window.to - (left * (1 + spare.share) + spare.seconds + stagger) * 1000,
        ) as Instant)
      : undefined;
  const mayDraw = mayLoadDraw(config, memory, input, at);
  return {
    config,
    memory,
    input,
    window,
    isDone: left <= 0,
    latestStart,
    trouble: troubleOf(memory, input),
    mayDraw,
  };
}

function troubleOf({ silentFor }: LoadMemory, input: HeaterInput | undefined): Watched["trouble"] {
  const told = input?.trouble ?? "it does not answer";
  if (silentFor > silenceBorne) return { state: "unreachable", why: `its plug cannot be reached: ${told}` };
  const { faults = [], unguarded } = input?.reading ?? {};
  const why = unguarded ?? faults[0];
  return why === undefined ? undefined : { state: "fault", why: why.slice(0, 200) };
}

interface Wish {
  readonly on: boolean;
  readonly state: "waits" | "done" | "runs";
  readonly why: string;
}

function wishOf(
  { config, memory, window, isDone, latestStart }: Watched,
  { at, timezone, plan }: LoadsInput,
): Wish {
  const time = (instant: Instant) => localIso(timezone, instant).slice(11, 16);
  if (!window || at < window.from) {
    return {
      on: false,
      state: "waits",
      why: window ? `may begin at ${time(window.from)}` : "has no window this week",
    };
  }
  const isBound = memory.on && memory.sinceSwitch < config.minOn;
  const bound = { on: true, state: "runs", why: "runs for its least time" } as const;
  if (isBound && isDone) return bound;
  if (isDone) return { on: false, state: "done", why: `is done, before ${time(window.to)}` };
  if (latestStart !== undefined && at >= latestStart)
    return { on: true, state: "runs", why: `has to run now to be done by ${time(window.to)}` };
  const planned = plan?.[config.id];
  if (planned && planned.watts > config.watts / 2) return { on: true, state: "runs", why: planned.why };
  if (isBound) return bound;
  if (memory.on && !plan)
    return { on: true, state: "runs", why: `goes on, to be done by ${time(window.to)}` };
  const until =
    latestStart === undefined ? "until it is worth it" : `at the latest until ${time(latestStart)}`;
  return { on: false, state: "waits", why: `waits, ${until}` };
}

/** Those that are switched off for heaters, the last first: as many as are too much, and one at a time where a heater wants more. */
function loadsToShed(
  watched: readonly Watched[],
  free: number,
  { isShort }: LoadsInput,
): ReadonlySet<string> {
  const shed = new Set<string>();
  let over = -free;
  const lowered = watched.filter(
    ({ memory, mayDraw }) => !memory.on && mayDraw > 0 && memory.sinceSwitch < obeysWithin,
  );
  const isLowering = lowered.length > 0;
  over -= lowered.reduce((sum, { mayDraw }) => sum + mayDraw, 0);
  let wanted = isShort && !isLowering ? 1 : 0;
  for (const { config, memory, mayDraw } of watched.toReversed()) {
    if (!memory.on || (over <= 0 && wanted <= 0)) continue;
    shed.add(config.id);
    over -= mayDraw;
    wanted -= 1;
  }
  return shed;
}

/** Told once, when a deadline passes. */
function missed(
  config: LoadConfig,
  before: LoadMemory | undefined,
  { at, timezone }: LoadsInput,
): SiteEvent[] {
  if (!before || before.until === null || before.until > at || before.done >= needOf(config)) return [];
  if (config.worth !== undefined && before.done === 0) return [];
  const { need } = config;
  const shown = (amount: number) =>
    need.kind === "energy" ? `${(amount / 3.6e6).toFixed(2)} kWh` : `${Math.round(amount / 60)} min`;
  const by = localIso(timezone, before.until as Instant).slice(11, 16);
  const message = `it was not done by ${by}: ${shown(before.done)} of ${shown(needOf(config))}`;
  return [{ at, level: "warning", code: "load/missed", subject: config.id, message }];
}

const alarmOf = ({ id }: LoadConfig, message: string, at: Instant): SiteEvent => ({
  at,
  level: "warning",
  code: "load/plug",
  subject: id,
  message,
});

function eventsOf(
  config: LoadConfig,
  { trouble }: LoadMemory,
  why: string | undefined,
  at: Instant,
): SiteEvent[] {
  if (why !== undefined) return trouble === null ? [alarmOf(config, why, at)] : [];
  if (trouble === null) return [];
  return [
    { at, level: "info", code: "load/plug-well", subject: config.id, message: "its plug is well again" },
  ];
}
