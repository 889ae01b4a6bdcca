import type { EnergyClaim } from "./energyClaim.ts";

/** Why a claim cannot be true. */
export const claimFlags = [
  "nothing-claimed",
  "not-signed",
  "negative",
  "power-above-limit",
  "longer-than-lease",
  "boundary-below-energy",
  "boundary-implausible",
  "heat-above-energy",
  "useful-above-heat",
  "carbon-implausible",
] as const;
export type ClaimFlag = (typeof claimFlags)[number];

export interface ClaimBounds {
  /** What the provider said that its machine draws at most, W. */
  readonly watts: number;
  /** From beginning to end, by the provider's clock, and how long the exchange saw its lease, s. */
  readonly ranSeconds: number;
  readonly leaseSeconds: number;
}

/** A machine of which nobody said more draws this at most, W. */
export const wattsUnlessTold = 5000;
/** Clocks and counters tick. */
const slackSeconds = 1;
/** PUE beyond this is no computer room. */
const mostOverhead = 4;
const mostGramsPerKwh = 3000;
/** Of what is compared after rounding, J. */
const rounding = 0.002;

/** What of a claim is physically impossible, or beyond what its provider said before; empty where it may be true. */
export function judgeClaim(
  claim: EnergyClaim,
  { watts, ranSeconds, leaseSeconds }: ClaimBounds,
): ClaimFlag[] {
  const { energy, heat, boundary, carbon } = claim;
  const drawn = drawnJoules(claim);
  const given = heat.reduce((sum, { joules }) => sum + joules, 0);
  const all = [
    ...Object.values(energy),
    ...heat.flatMap(({ joules, usefulJoules }) => [joules, usefulJoules]),
    boundary.joules,
    ranSeconds,
  ];
  const rates = carbon
    ? [
        carbon.gridGramsPerKwh,
        carbon.marginalGramsPerKwh,
        carbon.instead?.gramsPerKwh ?? 0,
        carbon.instead?.marginalGramsPerKwh ?? 0,
        carbon.elsewhere?.gramsPerKwh ?? 0,
      ]
    : [];
  const pueElsewhere = carbon?.elsewhere?.pue ?? 1;
  const isOut: Partial<Record<ClaimFlag, boolean>> = {
    negative: all.some((value) => value < 0),
    "power-above-limit": drawn > watts * (Math.min(ranSeconds, leaseSeconds) + slackSeconds),
    "longer-than-lease": ranSeconds > leaseSeconds + slackSeconds,
    "boundary-below-energy": boundary.joules < drawn - rounding,
    "boundary-implausible": boundary.joules > drawn * mostOverhead + rounding,
    "heat-above-energy": given > boundary.joules + rounding * (1 + heat.length),
    "useful-above-heat": heat.some(({ joules, usefulJoules }) => usefulJoules > joules),
    "carbon-implausible":
      rates.some((rate) => rate < 0 || rate > mostGramsPerKwh) ||
      pueElsewhere < 1 ||
      pueElsewhere > mostOverhead,
  };
  return claimFlags.filter((flag) => isOut[flag] === true);
}

/** Of whatever provenance, J. */
export const drawnJoules = ({ energy }: Pick<EnergyClaim, "energy">): number =>
  energy.metered + energy.reported + energy.estimated;
