/** A home's connection to a network of hot water, by a heat exchanger. */
export interface DistrictHeat {
  /** Of the connection, W of heat. */
  readonly nominalW: number;
  /** Of the network's water in the coldest hours and from 10 °C outside on, °C. */
  readonly coldSupplyC: number;
  readonly mildSupplyC: number;
  /** How much colder than the network's the home's water leaves the exchanger, K. */
  readonly approachK: number;
}

/** The network's water begins to be warmer below that outside, and is warmest at that, °C. */
const mildC = 10;
const coldC = -15;
/** What exchanger and pipes in the house lose all the time, W, and pump and valves draw per W of heat. Assumed. */
const standingW = 60;
const auxiliaryShare = 0.005;

/** The warmest water that the home gets, °C: the network's goes up in a line with the cold. */
export function districtSupplyC(
  { coldSupplyC, mildSupplyC, approachK }: DistrictHeat,
  outdoorC: number,
): number {
  const cold = Math.min(1, Math.max(0, (mildC - outdoorC) / (mildC - coldC)));
  return mildSupplyC + cold * (coldSupplyC - mildSupplyC) - approachK;
}

export interface DistrictDraw {
  /** Heat taken from the network, which its meter counts, W. */
  readonly networkW: number;
  readonly electricityW: number;
}

/** What it takes and draws to give a heat; it loses some while it gives nothing. @param heatW at most its connection's */
export function districtDraw({ nominalW }: DistrictHeat, heatW: number): DistrictDraw {
  const given = Math.min(nominalW, Math.max(0, heatW));
  return { networkW: given + standingW, electricityW: given * auxiliaryShare };
}
