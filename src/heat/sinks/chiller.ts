/** Cold from heat: silica gel that adsorbs water, or lithium bromide that absorbs it. */
export const chillerKinds = ["adsorption", "absorption"] as const;
export type ChillerKind = (typeof chillerKinds)[number];

export interface ChillerStep {
  readonly coolingW: number;
  readonly drivingW: number;
  /** Pumps and the fan that rejects the heat, electric. */
  readonly auxiliaryW: number;
  /** Thrown away outside: what drove it, what it took from the room, and its pumps. */
  readonly rejectedW: number;
}

interface Curve {
  readonly startsC: number;
  readonly bestC: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Cooling per heat by driving temperature. Adsorption works above 55 °C at 0.2 to 0.6; single-effect LiBr from 70 °C on,
 * at 0.7 on paper and at 0.37 as measured in use, which is taken here.
 */
const curves: Readonly<Record<ChillerKind, Curve>> = {
  adsorption: { startsC: 55, bestC: 85, lowest: 0.2, highest: 0.6 },
  absorption: { startsC: 70, bestC: 90, lowest: 0.3, highest: 0.37 },
};
/** Electric, per W of cooling. */
const auxiliaryShare = 0.08;

/** Cooling per driving heat; zero below the temperature from which it works. */
export function chillerCop(kind: ChillerKind, drivingC: number): number {
  const { startsC, bestC, lowest, highest } = curves[kind];
  if (drivingC < startsC) return 0;
  const share = Math.min(1, (drivingC - startsC) / (bestC - startsC));
  return lowest + share * (highest - lowest);
}

/** Cools by at most what is wanted and what the heat at hand can drive. */
export function runChiller(
  kind: ChillerKind,
  drivingC: number,
  wantedW: number,
  availableW: number,
): ChillerStep {
  const cop = chillerCop(kind, drivingC);
  if (cop === 0) return { coolingW: 0, drivingW: 0, auxiliaryW: 0, rejectedW: 0 };
  const coolingW = Math.max(0, Math.min(wantedW, availableW * cop));
  const drivingW = coolingW / cop;
  const auxiliaryW = coolingW * auxiliaryShare;
  return { coolingW, drivingW, auxiliaryW, rejectedW: drivingW + coolingW + auxiliaryW };
}
