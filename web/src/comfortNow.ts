import type { Heater, Override, Sink } from "./api.ts";
import { celsius, degrees, locale } from "./format.ts";
import { hourOnDay, moment } from "./siteTime.ts";

type Comfort = Sink["comfort"];

const boostK = { room: 2, tank: 5 } as const;
const boostHours = 1;
const awayC = 16;

const sources: Readonly<Record<Comfort["source"], string>> = {
  schedule: "Schedule",
  "set-back": "Set-back",
  away: "Away",
  boost: "Boost",
  hold: "Held by you",
  disinfection: "Hot against legionella",
};

/** Where the wanted temperature comes from: "Schedule until 22:30, then 18.0 °C". */
export function comfortWords(
  { source, until, nextTargetC }: Comfort,
  now: string,
  timezone: string,
  language = locale,
): string {
  const name = sources[source];
  if (source === "disinfection") {
    return `${name}${nextTargetC === null ? "" : `, then ${celsius(nextTargetC)}`}`;
  }
  if (until === null) return `${name}, with no change ahead`;
  const end = moment(Date.parse(until), Date.parse(now), timezone, language);
  return `${name} until ${end}${nextTargetC === null ? "" : `, then ${celsius(nextTargetC)}`}`;
}

const within = (value: number, { minC, maxC }: Comfort) => Math.min(maxC, Math.max(minC, value));

/** A boost from the site's time on, not the browser's: a virtual home has a time of its own. */
export function boostFrom(
  { kind, comfort }: Pick<Sink, "kind" | "comfort">,
  now: string,
): Extract<Override, { kind: "boost" }> {
  return {
    kind: "boost",
    targetC: within(comfort.targetC + boostK[kind], comfort),
    until: new Date(Date.parse(now) + boostHours * 3_600_000).toISOString(),
  };
}

export const awayTarget = (comfort: Comfort): number => within(awayC, comfort);

export interface AwayEnd {
  readonly label: string;
  readonly at: number;
}

/** Ends of an absence that are offered, by the site's clocks. */
export function awayEnds(now: string, timezone: string): readonly AwayEnd[] {
  const at = Date.parse(now);
  const ends = [
    { days: 0, hour: 18, label: "This evening" },
    { days: 1, hour: 7, label: "Tomorrow morning" },
    { days: 1, hour: 18, label: "Tomorrow evening" },
    { days: 3, hour: 18, label: "In three days" },
    { days: 7, hour: 18, label: "In a week" },
    { days: 14, hour: 18, label: "In two weeks" },
  ];
  return ends
    .map(({ days, hour, label }) => ({ label, at: hourOnDay(at, timezone, days, hour) }))
    .filter((end) => end.at - at > 3_600_000);
}

export type RoomState = "heating" | "comfortable" | "too warm" | "too cool" | "unknown";

/** How a room or a tank is, by what it is. */
export const stateWords: Readonly<Record<Sink["kind"], Readonly<Record<RoomState, string>>>> = {
  room: {
    heating: "Heating",
    comfortable: "Comfortable",
    "too warm": "Warmer than wanted",
    "too cool": "Cooler than wanted",
    unknown: "Not known",
  },
  tank: {
    heating: "Heating",
    comfortable: "Hot enough",
    "too warm": "Hotter than wanted",
    "too cool": "Not hot enough",
    unknown: "Not known",
  },
};

/** What a comfort band means: a room is kept within, a tank is heated from its lower end up to what is wanted. */
export const bandWords = ({ kind, comfort: { bandK } }: Sink, wanted: number): string =>
  kind === "tank"
    ? `Heated from ${degrees(wanted - bandK)} up to ${celsius(wanted)}`
    : `Comfortable within ${degrees(wanted - bandK)} to ${celsius(wanted + bandK)}`;

/** How a room is, in a word or two. The idle draw of its heaters is no heating. */
export function roomState({ id, temperatureC, comfort }: Sink, heaters: readonly Heater[]): RoomState {
  const isHeated = heaters.some(({ sinkId, state, setpointWatts }) => {
    return sinkId === id && (state === "heating" || (state === "settling" && setpointWatts > 0));
  });
  if (isHeated) return "heating";
  if (temperatureC === null) return "unknown";
  if (temperatureC > comfort.targetC + comfort.bandK) return "too warm";
  return temperatureC < comfort.targetC - comfort.bandK ? "too cool" : "comfortable";
}

/** Why there is no, or no certain, temperature. */
export const sensorWords: Readonly<Record<Sink["sensor"], string | undefined>> = {
  fresh: undefined,
  late: "The thermometer is late; this is an estimate.",
  lost: "The thermometer is silent. Check its battery and its connection.",
  absurd: "The thermometer says what cannot be. Check where it hangs and what it measures.",
};
