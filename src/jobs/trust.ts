/** How a provider has stood up to checks so far. */
export interface Standing {
  /** Results in a row that another machine found right too. */
  readonly streak: number;
  /** Results that others found wrong. */
  readonly wrong: number;
  /** The exchange's operator answers for it. */
  readonly isVouched: boolean;
}

export interface TrustRules {
  /** Right results in a row before a provider is believed at all. */
  readonly probation: number;
  /** However long the streak, so much of the results is checked: a cheat that waits gains nothing. */
  readonly floor: number;
  /** Wrong results after which a provider is banned. */
  readonly strikes: number;
  /** What of each payment waits until the audit window has gone by. */
  readonly heldShare: number;
  readonly auditSeconds: number;
  /** So many of the newest results of a provider who is caught with a wrong one are done again. */
  readonly recheckTasks: number;
  /** Tasks with known results, as a share of what is done by providers who are not vouched for: at peace, and at most. */
  readonly canaryLeast: number;
  readonly canaryMost: number;
  /** What of each payment stays with the exchange, out of what was held back. */
  readonly feeShare: number;
}

export const trustRules: TrustRules = {
  probation: 10,
  floor: 0.02,
  strikes: 3,
  heldShare: 0.5,
  auditSeconds: 86_400,
  recheckTasks: 500,
  canaryLeast: 0.002,
  canaryMost: 0.005,
  feeShare: 0.05,
};

export const unknown: Standing = { streak: 0, wrong: 0, isVouched: false };

/**
 * How likely a result of a provider is checked by another machine: always on probation, later 1/streak as BOINC's
 * adaptive replication has it (Anderson 2020, section 3.4), and never below the floor.
 */
export function checkChance({ streak, isVouched }: Standing, { probation, floor } = trustRules): number {
  if (isVouched) return 0;
  return streak < probation ? 1 : Math.max(floor, 1 / streak);
}

/** How much a provider's results are believed, 0 … 1, to choose between two that ask the same. */
export function trustIn(standing: Standing, rules = trustRules): number {
  if (standing.isVouched) return 1;
  return isBanned(standing, rules) ? 0 : standing.streak / (standing.streak + rules.probation);
}

/** Its standing after a result of its was checked. A wrong one begins its probation anew. */
export const afterCheck = (standing: Standing, outcome: "right" | "wrong"): Standing =>
  outcome === "right"
    ? { ...standing, streak: standing.streak + 1 }
    : { ...standing, streak: 0, wrong: standing.wrong + 1 };

export const isBanned = ({ wrong, isVouched }: Standing, { strikes } = trustRules): boolean =>
  !isVouched && wrong >= strikes;

/**
 * How many tasks with known results are given out, for each that providers do who are not vouched for.
 * @param caughtShare of these providers, those who were caught within the audit window; a tenth calls for the most
 */
export const canaryShare = (caughtShare: number, { canaryLeast, canaryMost } = trustRules): number =>
  canaryLeast + (canaryMost - canaryLeast) * Math.min(1, 10 * caughtShare);

/** A verdict against it is taken back: another machine was wrong. Its streak began anew, and goes on from there. */
export const withdrawn = (standing: Standing): Standing => ({
  ...standing,
  wrong: Math.max(0, standing.wrong - 1),
});

/** Who may have a verdict judged once more. */
export const appealRules = {
  /** After the result came in, s. */
  withinSeconds: 7 * 86_400,
  /** Of a provider, under way and within that time. */
  atOnce: 3,
  most: 10,
} as const;
