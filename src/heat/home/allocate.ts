import { costOfHeat, type Draw, type Source, type Surroundings } from "./sources.ts";

export type HeatSinkName = "tank" | "room" | "pool";

/** What a sink wants in a step. */
export interface SinkWish {
  readonly sink: HeatSinkName;
  /** Of the water that heats it, °C. */
  readonly supplyC: number;
  /** Of that water when it comes back after so much heat, °C. */
  readonly returnC: (heatW: number) => number;
  /** What it takes from a source when others gave `givenW` already, W. */
  readonly heatW: (source: Source, givenW: number) => number;
}

/** What a source gives a sink in a step. */
export interface Given {
  readonly source: Source;
  readonly sink: HeatSinkName;
  readonly supplyC: number;
  readonly returnC: number;
  readonly heatW: number;
}

/**
 * Shares out what the sources can give: sinks in their order, each by the source whose heat costs least, backups last.
 * A source that serves several sinks does so one after the other within the step.
 */
export function allocate(
  sources: readonly Source[],
  wishes: readonly SinkWish[],
  around: Surroundings,
): Given[] {
  const left = new Map(sources.map((source) => [source, 1]));
  return wishes.flatMap(({ sink, supplyC, returnC, heatW }) => {
    let given = 0;
    return inOrder(sources, supplyC, around).flatMap((source) => {
      const capacity = source.capacityW(supplyC, around);
      const free = left.get(source) ?? 0;
      const heat = Math.min(heatW(source, given), capacity * free);
      if (!(heat > 0)) return [];
      given += heat;
      left.set(source, free - heat / capacity);
      return [{ source, sink, supplyC, returnC: returnC(heat), heatW: heat }];
    });
  });
}

function inOrder(sources: readonly Source[], supplyC: number, around: Surroundings): readonly Source[] {
  if (sources.length < 2) return sources;
  const rank = (source: Source) => (source.isBackup ? Infinity : costOfHeat(source, supplyC, around));
  return sources.toSorted((one, other) => rank(one) - rank(other));
}

/** What a source draws for all that it gives; one that serves several sinks in turn idles for none of them. */
export function drawOf(given: readonly Given[], source: Source, around: Surroundings): Draw {
  const own = given.filter((one) => one.source === source && one.heatW > 0);
  if (own.length === 0) return source.draw(0, { supplyC: 40, returnC: 30 }, around);
  const heat = own.reduce((sum, { heatW }) => sum + heatW, 0);
  let [electricityW, fuelW] = [0, 0];
  for (const { heatW, supplyC, returnC } of own) {
    const draw = source.draw(heat, { supplyC, returnC }, around);
    electricityW += (draw.electricityW * heatW) / heat;
    fuelW += (draw.fuelW * heatW) / heat;
  }
  return { electricityW, fuelW };
}
