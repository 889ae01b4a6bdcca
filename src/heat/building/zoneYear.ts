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

/** Of one zone, or of several as one: sums of heat, peaks of the sums, extremes of all air and its mean over the zones. */
export function summarizeZones(zones: readonly ZoneYear[]): ZoneSummary {
  const hours = zones[0]?.airC.length ?? 0;
  let [heat, cool, sum] = [0, 0, 0];
  let [peakHeat, peakCool, max, min] = [0, 0, -Infinity, Infinity];
  for (let hour = 0; hour < hours; hour++) {
    let [heating, cooling] = [0, 0];
    for (const { airC, heatingW, coolingW } of zones) {
      const air = airC[hour] ?? 0;
      heating += heatingW[hour] ?? 0;
      cooling += coolingW[hour] ?? 0;
      sum += air;
      max = Math.max(max, air);
      min = Math.min(min, air);
    }
    heat += heating;
    cool += cooling;
    peakHeat = Math.max(peakHeat, heating);
    peakCool = Math.max(peakCool, cooling);
  }
  return {
    heatingMWh: heat / 1e6,
    coolingMWh: cool / 1e6,
    peakHeatingKw: peakHeat / 1000,
    peakCoolingKw: peakCool / 1000,
    airMaxC: max,
    airMinC: min,
    airMeanC: sum / (hours * zones.length),
  };
}
