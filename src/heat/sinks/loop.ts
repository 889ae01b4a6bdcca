/** Hydronic emitters: how warm their water has to be for a heat. */
export interface Loop {
  readonly emitters: "radiators" | "floor" | "fan-coils";
  /** Supplied at its design heat, °C. */
  readonly designSupplyC: number;
  readonly designHeatW: number;
}

/** Of the excess temperature: EN 442 for radiators, EN 1264 for floors; fans make it nearly straight. */
const exponents = { radiators: 1.3, floor: 1.1, "fan-coils": 1.05 } as const;
/** Between supply and return at the design heat, K. */
const spreads = { radiators: 10, floor: 5, "fan-coils": 8 } as const;

export interface LoopTemperatures {
  readonly supplyC: number;
  readonly returnC: number;
}

/** Supply and return for a heat into a room; above its design heat it goes on as if there were more pressure. */
export function loopTemperatures(loop: Loop, heatW: number, roomC: number): LoopTemperatures {
  const load = Math.max(0, heatW) / loop.designHeatW;
  const spread = spreads[loop.emitters];
  const designExcess = Math.max(1, loop.designSupplyC - spread / 2 - 20);
  const mean = roomC + designExcess * load ** (1 / exponents[loop.emitters]);
  const half = (spread * load) / 2;
  return { supplyC: mean + half, returnC: mean - half };
}

/**
 * What comes back, °C, where the water is supplied warmer than a heat needs: valves let less of it through, so that the
 * emitters' mean is what the heat takes. Never colder than the room.
 */
export function throttledReturn(loop: Loop, supplyC: number, heatW: number, roomC: number): number {
  const needed = loopTemperatures(loop, heatW, roomC);
  return Math.max(roomC, needed.supplyC + needed.returnC - Math.max(supplyC, needed.supplyC));
}
