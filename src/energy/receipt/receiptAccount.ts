import { Joules, toKwh } from "../../domain/index.ts";
import { claimedJoules, type EnergyClaim } from "./energyClaim.ts";
import { drawnJoules } from "./judgeClaim.ts";

/** What a receipt's energy comes to. */
export interface ReceiptAccount {
  /** J: drawn for computing; drawn within the boundary; heat given to sinks, and of it what was wanted. */
  readonly energyJoules: number;
  readonly boundaryJoules: number;
  readonly heatJoules: number;
  readonly usefulJoules: number;
  /** ISO/IEC 30134-2, ISO/IEC 30134-6:2021, and (1 − ERF) · PUE, for the boundary; null where nothing was drawn. */
  readonly pue: number | null;
  readonly erf: number | null;
  readonly ere: number | null;
  /** Three ledgers of g CO₂e, never netted; null where nobody knows what the grid emits. */
  readonly carbonGrams: CarbonGrams | null;
}

export interface CarbonGrams {
  readonly used: number;
  readonly displaced: number;
  /** Below zero the whole system emits less. */
  readonly consequential: number;
}

/** Energies to the mJ, carbon to the µg, ratios to six decimals. */
export function receiptAccountOf(claim: EnergyClaim): ReceiptAccount {
  const { heat, boundary } = claim;
  const drawn = claimedJoules(drawnJoules(claim));
  const useful = claimedJoules(heat.reduce((sum, { usefulJoules }) => sum + usefulJoules, 0));
  const [pue, erf] = drawn > 0 ? [boundary.joules / drawn, useful / boundary.joules] : [null, null];
  const carbon = carbonOf(claim, drawn, useful);
  return {
    energyJoules: drawn,
    boundaryJoules: boundary.joules,
    heatJoules: claimedJoules(heat.reduce((sum, { joules }) => sum + joules, 0)),
    usefulJoules: useful,
    pue: pue === null ? null : millionths(pue),
    erf: erf === null ? null : millionths(erf),
    ere: pue === null ? null : millionths((1 - erf) * pue),
    carbonGrams: carbon && {
      used: millionths(carbon.used),
      displaced: millionths(carbon.displaced),
      consequential: millionths(carbon.consequential),
    },
  };
}

/**
 * As `accountOf` has them: I·E; the counterfactual's for the same heat; I_marginal·E − PUE·I_elsewhere·E_computing −
 * avoided heat. E is what was drawn within the boundary.
 */
function carbonOf({ boundary, carbon }: EnergyClaim, drawn: number, useful: number): CarbonGrams | null {
  if (!carbon) return null;
  const { gridGramsPerKwh, marginalGramsPerKwh, instead, elsewhere } = carbon;
  const [all, heat] = [kwh(boundary.joules), kwh(useful)];
  const elsewhereGrams = elsewhere ? kwh(drawn) * elsewhere.pue * elsewhere.gramsPerKwh : 0;
  return {
    used: all * gridGramsPerKwh,
    displaced: heat * (instead?.gramsPerKwh ?? 0),
    consequential: all * marginalGramsPerKwh - elsewhereGrams - heat * (instead?.marginalGramsPerKwh ?? 0),
  };
}

const kwh = (joules: number): number => toKwh(Joules(joules));
const millionths = (value: number): number => Math.round(value * 1e6) / 1e6;
