import { type Instant, Seconds } from "../../domain/index.ts";
import {
  type Identification,
  identifyRoom,
  lossWattsPerKelvin,
  type RoomModel,
  type RoomRecord,
} from "../../heat/index.ts";
import type { HistoryView } from "../../wire/index.ts";

type Series = Pick<HistoryView["series"][number], "times" | "values">;

/** What was recorded of a room and of what heats it. */
export interface RoomHistory {
  readonly from: Instant;
  readonly until: Instant;
  readonly temperature: Series;
  /** Of each heater, with the share of its power that ends as heat there. */
  readonly heaters: readonly { readonly power: Series; readonly heatShare: number }[];
  readonly outdoor: Series;
  readonly irradiance: Series;
}

export interface RoomReport {
  readonly sink: string;
  readonly days: number;
  readonly outcome: Identification["outcome"];
  /** Why it was refused, and what would help. */
  readonly why?: string;
  readonly configured: RoomModel & { readonly lossWattsPerKelvin: number };
  readonly figures?: Identification["figures"];
  readonly foresight?: Identification["foresight"];
  /** For `model.identified` in hearth.yaml; only where they were found. */
  readonly identified?: Omit<RoomModel, "heatToAir">;
}

const stepMs = 300_000;
/** Of these a step may lack its own reading and take the one before: what changes by the hour is told by the hour. */
const heldSteps = 12;

/** Finds a room's parameters in what a hearth recorded, beside the configured ones. */
export function studyRoom(sink: string, history: RoomHistory, configured: RoomModel): RoomReport {
  const identification = identifyRoom(roomRecordOf(history), configured);
  const { outcome, days, figures, foresight } = identification;
  return {
    sink,
    days: Number(days.toFixed(2)),
    outcome,
    ...(identification.outcome === "refused" ? { why: identification.why } : {}),
    configured: { ...configured, lossWattsPerKelvin: lossWattsPerKelvin(configured) },
    ...(figures ? { figures } : {}),
    ...(foresight ? { foresight } : {}),
    ...(identification.outcome === "found" ? { identified: withoutShare(identification.model) } : {}),
  };
}

const withoutShare = (found: RoomModel): Omit<RoomModel, "heatToAir"> =>
  Object.fromEntries(
    Object.entries(found)
      .filter(([name]) => name !== "heatToAir")
      .map(([name, value]) => [name, Number(value.toPrecision(4))]),
  ) as Omit<RoomModel, "heatToAir">;

/** Series as the means of equal steps. */
function roomRecordOf({ from, until, temperature, heaters, outdoor, irradiance }: RoomHistory): RoomRecord {
  const count = Math.max(0, Math.floor((until - from) / stepMs));
  const means = (series: Series) => meansOf(series, from, count);
  const powers = heaters.map(({ power, heatShare }) => means(power).map((watts) => watts * heatShare));
  const sun = held(means(irradiance));
  const isTold = sun.some((value) => !Number.isNaN(value));
  return {
    step: Seconds(stepMs / 1000),
    airC: means(temperature),
    heatW: new Float64Array(count).map((_, at) =>
      powers.reduce((sum, power) => sum + (power[at] ?? Number.NaN), 0),
    ),
    outdoorC: held(means(outdoor)),
    irradianceWm2: isTold ? sun : undefined,
  };
}

function meansOf({ times, values }: Series, from: Instant, count: number): Float64Array {
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  for (const [index, time] of times.entries()) {
    const at = Math.floor((time * 1000 - from) / stepMs);
    const value = values[index];
    if (at < 0 || at >= count || typeof value !== "number") continue;
    sums[at] = (sums[at] ?? 0) + value;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return sums.map((sum, at) => ((counts[at] ?? 0) > 0 ? sum / (counts[at] ?? 1) : Number.NaN));
}

function held(values: Float64Array): Float64Array {
  let last = Number.NaN;
  let since = 0;
  return values.map((value) => {
    since = Number.isNaN(value) ? since + 1 : 0;
    if (!Number.isNaN(value)) last = value;
    return since <= heldSteps ? last : Number.NaN;
  });
}
