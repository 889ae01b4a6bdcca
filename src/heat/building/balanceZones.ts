/** A zone in one step. Its air ends at `freeC + perWatt · (power + fromOthers)`. */
export interface BoundZone {
  /** °C; NaN is off. */
  heatBelow: number;
  coolAbove: number;
  /** W; may be infinite. */
  readonly maxHeat: number;
  readonly maxCool: number;
  freeC: number;
  /** K/W, above 0. */
  perWatt: number;
  /** Found: heating, W; negative for cooling. */
  power: number;
  /** Found: what the other zones give it, W. */
  fromOthers: number;
}

/**
 * Finds the power of each zone's heating and cooling and what the zones give each other, so that every zone is within
 * its set-points or at the limit of its power. What one zone gives another gets.
 *
 * @param exchange between each two zones, W/K, symmetric.
 */
export function balanceZones(zones: readonly BoundZone[], exchange: readonly Float64Array[]): void {
  const [first] = zones;
  if (first && zones.length === 1) {
    balanceAlone(first);
    return;
  }
  const held = new Float64Array(zones.length).fill(Number.NaN);
  for (const zone of zones) zone.power = 0;
  for (let round = 0; round <= 4 * zones.length; round++) {
    const air = solveAir(zones, exchange, held);
    let isSettled = true;
    zones.forEach((zone, index) => {
      const airC = air[index] ?? 0;
      zone.fromOthers = receivedBy(index, air, exchange);
      if (!Number.isNaN(held[index])) zone.power = (airC - zone.freeC) / zone.perWatt - zone.fromOthers;
      const next = nextHold(zone, airC, held[index] ?? Number.NaN);
      if (!Object.is(next, held[index])) isSettled = false;
      held[index] = next;
    });
    if (isSettled) return;
  }
}

function balanceAlone(zone: BoundZone): void {
  const { freeC, heatBelow, coolAbove, perWatt, maxHeat, maxCool } = zone;
  const heldC = freeC < heatBelow ? heatBelow : freeC > coolAbove ? coolAbove : freeC;
  zone.power = Math.min(maxHeat, Math.max(-maxCool, (heldC - freeC) / perWatt));
  zone.fromOthers = 0;
}

const tolerance = 1e-9;

/** At which temperature a zone is held in the next round, NaN for none; sets the power of one at its limit. */
function nextHold(zone: BoundZone, airC: number, heldC: number): number {
  const { heatBelow, coolAbove, maxHeat, maxCool } = zone;
  if (Number.isNaN(heldC)) {
    if (zone.power > 0 && airC > heatBelow + tolerance) return heatBelow;
    if (zone.power < 0 && airC < coolAbove - tolerance) return coolAbove;
    if (airC < heatBelow - tolerance && zone.power < maxHeat) return heatBelow;
    if (airC > coolAbove + tolerance && zone.power > -maxCool) return coolAbove;
    return heldC;
  }
  const isHeating = heldC === heatBelow;
  const [least, most] = isHeating ? [0, maxHeat] : [-maxCool, 0];
  if (zone.power >= least && zone.power <= most) return heldC;
  zone.power = Math.min(most, Math.max(least, zone.power));
  return Number.NaN;
}

function receivedBy(index: number, air: Float64Array, exchange: readonly Float64Array[]): number {
  const row = exchange[index];
  let watts = 0;
  for (let other = 0; other < air.length; other++) {
    watts += (row?.[other] ?? 0) * ((air[other] ?? 0) - (air[index] ?? 0));
  }
  return watts;
}

/** The air of all zones, °C, those that are held at their temperature; Gaussian elimination of a dominant matrix. */
function solveAir(
  zones: readonly BoundZone[],
  exchange: readonly Float64Array[],
  held: Float64Array,
): Float64Array {
  const size = zones.length;
  const rows = zones.map(({ freeC, perWatt, power }, index) => {
    const row = new Float64Array(size + 1);
    const heldC = held[index] ?? Number.NaN;
    row[index] = 1;
    row[size] = heldC;
    if (!Number.isNaN(heldC)) return row;
    row[size] = freeC + perWatt * power;
    for (let other = 0; other < size; other++) {
      const part = perWatt * (exchange[index]?.[other] ?? 0);
      row[other] = (row[other] ?? 0) - part;
      row[index] = (row[index] ?? 0) + part;
    }
    return row;
  });
  for (let pivot = 0; pivot < size; pivot++) {
    const top = rows[pivot];
    for (let below = 0; below < size; below++) {
      const row = rows[below];
      if (!top || !row || below === pivot) continue;
      const factor = (row[pivot] ?? 0) / (top[pivot] ?? 1);
      if (factor === 0) continue;
      for (let column = pivot; column <= size; column++) {
        row[column] = (row[column] ?? 0) - factor * (top[column] ?? 0);
      }
    }
  }
  return Float64Array.from(rows, (row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}
