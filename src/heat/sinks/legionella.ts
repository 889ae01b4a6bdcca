/** When a tank has to be hot all through. Legionellae grow at 20 … 45 °C and die at 60 °C. */
export interface LegionellaRule {
  readonly celsius: number;
  /** How long it has to be that hot. */
  readonly holdSeconds: number;
  /** At least this often. */
  readonly everyHours: number;
}

export const legionellaRule: LegionellaRule = { celsius: 60, holdSeconds: 1800, everyHours: 168 };

/** Plain data. */
export interface LegionellaState {
  /** How long its coldest layer is hot by now, s. */
  readonly heldSeconds: number;
  /** Since it was last hot for long enough, s. */
  readonly sinceSeconds: number;
}

export const justDisinfected: LegionellaState = { heldSeconds: 0, sinceSeconds: 0 };

export function watchLegionella(
  rule: LegionellaRule,
  before: LegionellaState,
  coldestC: number,
  seconds: number,
): LegionellaState {
  const heldSeconds = coldestC >= rule.celsius ? before.heldSeconds + seconds : 0;
  const sinceSeconds = heldSeconds >= rule.holdSeconds ? 0 : before.sinceSeconds + seconds;
  return { heldSeconds, sinceSeconds };
}

export interface TankToHeat {
  readonly joulesPerKelvin: number;
  readonly meanC: number;
  /** What can heat it to the end, W. */
  readonly powerW: number;
}

/** Whether to begin now, so that the deadline is kept: twice the time that heating needs, and the holding time. */
export function mustDisinfect(rule: LegionellaRule, state: LegionellaState, tank: TankToHeat): boolean {
  const missingJ = Math.max(0, rule.celsius - tank.meanC) * tank.joulesPerKelvin;
  const needed = tank.powerW > 0 ? (2 * missingJ) / tank.powerW : rule.everyHours * 3600;
  return state.sinceSeconds + needed + rule.holdSeconds - state.heldSeconds >= rule.everyHours * 3600;
}
