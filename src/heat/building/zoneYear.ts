/** What became of a zone in a year, by hour. */
export interface ZoneYear {
  readonly airC: Float64Array;
  /** Given by the heating, mean W of the hour. */
  readonly heatingW: Float64Array;
  /** Taken by the cooling, mean W of the hour. */
  readonly coolingW: Float64Array;
}

export interface ZoneSummary {
  readonly heatingMWh: number;
  readonly coolingMWh: number;
  readonly peakHeatingKw: number;
  readonly peakCoolingKw: number;
  readonly airMaxC: number;
  readonly airMinC: number;
  readonly airMeanC: number;
}

export function summarizeZone({ airC, heatingW, coolingW }: ZoneYear): ZoneSummary {
  let [heat, cool, sum] = [0, 0, 0];
  let [peakHeat, peakCool, max, min] = [0, 0, -Infinity, Infinity];
  for (let hour = 0; hour < airC.length; hour++) {
    const air = airC[hour] ?? 0;
    const heating = heatingW[hour] ?? 0;
    const cooling = coolingW[hour] ?? 0;
    heat += heating;
    cool += cooling;
    sum += air;
    peakHeat = Math.max(peakHeat, heating);
    peakCool = Math.max(peakCool, cooling);
    max = Math.max(max, air);
    min = Math.min(min, air);
  }
  return {
    heatingMWh: heat / 1e6,
    coolingMWh: cool / 1e6,
    peakHeatingKw: peakHeat / 1000,
    peakCoolingKw: peakCool / 1000,
    airMaxC: max,
    airMinC: min,
    airMeanC: sum / airC.length,
  };
}

/** The state before the first hour: this many days of the year are run ahead of it. */
export const warmUpDays = 14;

/** Heat for the air to be within its set-points, W; negative for cooling. NaN set-points are none. */
export function powerFor(
  freeC: number,
  heatBelow = Number.NaN,
  coolAbove = Number.NaN,
  neededFor: (wantedC: number) => number,
): number {
  if (freeC < heatBelow) return neededFor(heatBelow);
  if (freeC > coolAbove) return neededFor(coolAbove);
  return 0;
}
