import type { HomeOnNetwork } from "./jobHome.ts";

/** Six homes from the cold to the mild, in different tariffs: what a kWh costs has nothing to do with the cold. */
export const homesOnNetwork: readonly HomeOnNetwork[] = [
  { name: "Oslo", outdoorC: -8, perKwh: 0.18 },
  { name: "Warsaw", outdoorC: -3, perKwh: 0.25 },
  { name: "Berlin", outdoorC: 2, perKwh: 0.36 },
  { name: "Paris", outdoorC: 7, perKwh: 0.24 },
  { name: "Rome", outdoorC: 13, perKwh: 0.3 },
  { name: "Seville", outdoorC: 19, perKwh: 0.21 },
].map((home) => ({ ...home, swingK: 2, areaM2: 24, insulation: "average", targetC: 21 }));
