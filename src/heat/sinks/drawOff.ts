import { joulesPerLitreKelvin } from "./water.ts";

export const drawOffProfiles = ["household", "morning", "evening", "even"] as const;
export type DrawOffProfile = (typeof drawOffProfiles)[number];

/** ASHRAE Standard 90.2: hot water of a household by hour of the day, shares of the day's. */
const household = [
  0.0085, 0.0085, 0.0085, 0.0085, 0.0085, 0.01, 0.075, 0.075, 0.065, 0.065, 0.065, 0.046, 0.046, 0.037, 0.037,
  0.037, 0.037, 0.063, 0.063, 0.063, 0.063, 0.051, 0.051, 0.0085,
];
const showersAt = (hours: readonly number[]) =>
  household.map((share, hour) => 0.4 * share + (hours.includes(hour) ? 0.6 / hours.length : 0));

const shares: Readonly<Record<DrawOffProfile, readonly number[]>> = {
  household,
  morning: showersAt([6, 7]),
  evening: showersAt([19, 20, 21]),
  even: household.map(() => 1 / 24),
};

/** Of the day's water, what is drawn in an hour of the day, 0 … 23. */
export const drawOffShare = (profile: DrawOffProfile, hour: number): number => shares[profile][hour] ?? 0;

export interface TapWish {
  /** Mixed water at `tapC`. */
  readonly litres: number;
  readonly tapC: number;
  readonly mainsC: number;
}

export interface TapDraw {
  /** Out of the tank, before cold water is added. */
  readonly tankLitres: number;
  /** Heat that the tap wants, above that of the mains, J. */
  readonly wantedJ: number;
}

/** What the tank gives for water that is mixed at the tap; a tank that is too cold gives all of it, too cold. */
export function tapDraw({ litres, tapC, mainsC }: TapWish, tankTopC: number): TapDraw {
  const wantedJ = Math.max(0, litres * joulesPerLitreKelvin * (tapC - mainsC));
  const share = tankTopC > tapC ? Math.max(0, tapC - mainsC) / (tankTopC - mainsC) : 1;
  return { tankLitres: litres * share, wantedJ };
}
