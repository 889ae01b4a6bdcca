import { type Celsius, type Clock, Seconds, Watts } from "../../domain/index.ts";
import { towards, warmed } from "./heatedPart.ts";

export interface AvalonBuild {
  /** As its firmware writes it in `MODEL`, and before its version. */
  readonly name: string;
  readonly product: string;
  /** What each mode draws at the wall, W. */
  readonly levels: readonly number[];
  /** Drawn when soft-off, W. */
  readonly standby: number;
  readonly softOff: boolean;
  /** In `MM ID0:Summary`, with `HBinfo` beside it, instead of `MM ID0`. */
  readonly isSummary: boolean;
  /** It knows levels of work and no modes. */
  readonly hasLevelsOnly: boolean;
  /** TH/s for each watt. */
  readonly terahashesPerWatt: number;
}

export const avalonBuilds = {
  "nano-3": {
    name: "nano3",
    product: "Avalonnano",
    levels: [60, 90, 125],
    standby: 5,
    softOff: false,
    isSummary: false,
    hasLevelsOnly: true,
    terahashesPerWatt: 0.036,
  },
  "nano-3s": {
    name: "Nano3s",
    product: "Avalon Nano3s",
    levels: [70, 100, 133],
    standby: 5,
    softOff: false,
    isSummary: false,
    hasLevelsOnly: false,
    terahashesPerWatt: 0.0496,
  },
  q: {
    name: "Q",
    product: "Avalon Q",
    levels: [800, 1300, 1674],
    standby: 17,
    softOff: true,
    isSummary: true,
    hasLevelsOnly: false,
    terahashesPerWatt: 0.0538,
  },
} as const satisfies Record<string, AvalonBuild>;
export type AvalonBuildName = keyof typeof avalonBuilds;

/** What may be wrong with it beside its wire. */
export type AvalonFault =
  | "calibrates"
  | "refuses"
  /** It acts on `softon` and hangs up without a word. */
  | "hangs up at softon"
  /** It takes single commands only. */
  | "joins nothing"
  /** Its JSON is damaged in all the ways of the field. */
  | "writes bad JSON"
  /** It says that it draws half of what it does. */
  | "lies about watts"
  /** Its hash board gets hotter than it should. */
  | "overheats";

/** What a virtual Avalon is and does now. */
export interface AvalonInside {
  /** By the monotonic clock, s. */
  at: number;
  isPowered: boolean;
  mode: number;
  isOff: boolean;
  /** At the wall, W. */
  power: number;
  chip: Celsius;
  startedAt: number;
  /** By the wall clock, epoch s. */
  offAt: number | undefined;
  onAt: number | undefined;
  accepted: number;
}

/** How fast its power changes, W/s, as a share of its most. */
const ramp = 0.05;
/** At full power in air of 20 °C, °C: well below what a hearth stops it at. */
const chips = { hottest: 78, timeConstant: Seconds(120) };
const sharesEvery = 15;

/** Lets it live up to now: delayed commands act, power ramps, chips warm and cool. */
export function liveOn(
  inside: AvalonInside,
  build: AvalonBuild,
  { clock, air, overheats }: { readonly clock: Clock; readonly air: Celsius; readonly overheats: boolean },
): void {
  const now = clock.monotonic();
  const elapsed = Seconds(Math.max(0, now - inside.at));
  inside.at = now;
  const wall = clock.now() / 1000;
  if (inside.offAt !== undefined && wall >= inside.offAt)
    Object.assign(inside, { isOff: true, offAt: undefined });
  if (inside.onAt !== undefined && wall >= inside.onAt) {
    Object.assign(inside, { isOff: false, onAt: undefined, startedAt: now });
  }
  const most = build.levels.at(-1) ?? 1;
  const wanted = inside.isOff ? build.standby : (build.levels[inside.mode] ?? most);
  inside.power = inside.isPowered ? towards(inside.power, wanted, most * ramp * elapsed) : 0;
  const kelvinPerWatt = ((overheats ? chips.hottest + 40 : chips.hottest) - 20) / most;
  inside.chip = warmed(
    inside.chip,
    { kelvinPerWatt, timeConstant: chips.timeConstant },
    air,
    Watts(inside.power),
    elapsed,
  );
  if (!inside.isOff && inside.isPowered) inside.accepted += elapsed / sharesEvery;
}
