/** A heat pump with a compressor of variable speed. */
export interface HeatPump {
  readonly source: "air" | "ground";
  /** Heat at −7 °C outside (or 0 °C ground) into water of 35 °C, W. */
  readonly nominalW: number;
  /** The warmest water that it makes, °C. */
  readonly maxSinkC: number;
  /** Of what it can give, the least without stopping in between. */
  readonly minShare: number;
}

/** Where it takes heat and where it gives it. */
export interface PumpConditions {
  readonly sourceC: number;
  /** 0 … 1; of the air. */
  readonly relativeHumidity: number;
  /** Of the water that it gives, °C. */
  readonly sinkC: number;
}

/**
 * What heat pumps reach in use beside the makers' figures. Ruhnau, Hirth & Praktiknjo, Time series of heat demand and
 * heat pump efficiency, Scientific Data 6:189 (2019), find 0.85; frost and cycling are in that and are counted by
 * themselves here. With this share, homes in British weather come to the median of 2.8 that was measured in them.
 */
const fieldShare = 0.88;
/** EN 14825: what stopping and starting costs an air-to-water pump. */
const cyclingDegradation = 0.9;

/** Heat per electricity at full load: by the difference of temperatures, as Ruhnau et al. fitted it, and by frost. */
export function heatPumpCop({ source }: Pick<HeatPump, "source">, at: PumpConditions): number {
  const lift = Math.max(15, at.sinkC - at.sourceC);
  const fitted =
    source === "air"
      ? 6.08 - 0.09 * Math.min(lift, 90) + 0.0005 * Math.min(lift, 90) ** 2
      : 10.29 - 0.21 * Math.min(lift, 87) + 0.0012 * Math.min(lift, 87) ** 2;
  return Math.max(1, fieldShare * fitted * (source === "air" ? 1 - frostLoss(at) : 1));
}

/** The share of heat that defrosting takes: most in damp air just above freezing, none in warm or very cold air. */
export function frostLoss({ sourceC, relativeHumidity }: PumpConditions): number {
  const inBand = Math.exp(-(((sourceC - 1) / 4) ** 2));
  const damp = Math.min(1, Math.max(0, (relativeHumidity - 0.4) / 0.5));
  return 0.12 * inBand * damp;
}

/** What it can give, W: 2 % more per kelvin of a warmer source, 0.5 % less per kelvin of a warmer sink. */
export function heatPumpCapacity(pump: HeatPump, at: PumpConditions): number {
  if (at.sinkC > pump.maxSinkC) return 0;
  const ratedC = pump.source === "air" ? -7 : 0;
  const bySource = 1 + 0.02 * (Math.min(20, at.sourceC) - ratedC);
  const bySink = 1 - 0.005 * (at.sinkC - 35);
  const frost = pump.source === "air" ? 1 - frostLoss(at) : 1;
  return Math.max(0, pump.nominalW * Math.max(0.3, bySource) * bySink * frost);
}

/** Electricity for a heat, W; below its least power it stops and starts, which costs some. */
export function heatPumpPower(pump: HeatPump, at: PumpConditions, heatW: number): number {
  if (heatW <= 0) return 0;
  const least = pump.minShare * heatPumpCapacity(pump, at);
  const load = least > 0 ? Math.min(1, heatW / least) : 1;
  const cycling = load / (cyclingDegradation * load + (1 - cyclingDegradation));
  return heatW / Math.max(1, heatPumpCop(pump, at) * cycling);
}
