import { Seconds, Watts } from "../../../domain/index.ts";
import type { PlannedBackup, PlannedHeater } from "../../planner/planProblem.ts";
import { heatsPool, poolCoilC } from "../homePool.ts";
import { coilK, type Source, type Surroundings } from "../sources.ts";
import type { AskedHome } from "./askedHome.ts";

/** Begins what follows a source's name where a device is a further part of it. */
export const further = ", part ";

const switching = (id: string) => ({
  id,
  minOn: Seconds(0),
  minOff: Seconds(0),
  startCost: 0,
  watts: Watts(0),
  since: Seconds(86_400),
});

const sinksOf = ({ pool }: AskedHome, source: Source) => [
  "room",
  ...(source.heatsWater ? ["tank"] : []),
  ...(pool && heatsPool(source) ? ["pool"] : []),
];

export function plannedHeater(asked: AskedHome, source: Source): PlannedHeater {
  const { home, around } = asked;
  const { minW, maxW, heatShare } = home.heater;
  return {
    ...switching(source.kind),
    steps: { kind: "range", min: Watts(minW), max: Watts(maxW), step: Watts(1) },
    heatShare,
    sinks: sinksOf(asked, source),
    earnsPerKwh: around.map(({ earnsPerKwh }) => earnsPerKwh),
  };
}

/**
 * A source of heat alone. Beyond what the heating curve's water gives, a heat pump has to make warmer water: each further
 * part of its power is a device of its own, whose heat takes more than that of the part before.
 */
export function plannedBackups(asked: AskedHome, source: Source): readonly PlannedBackup[] {
  const { run, around, home } = asked;
  const sinks = sinksOf(asked, source);
  const most = Math.max(1, run.plant.emittersW);
  const at = (heatW: number, supplyC: number, one: Surroundings) =>
    Math.max(1, source.draw(heatW, { supplyC, returnC: supplyC }, one).electricityW);
  const into = (supplyC: number) =>
    around.map((one) => {
      const heatW = Math.max(1, source.capacityW(supplyC, one));
      return heatW / at(heatW, supplyC, one);
    });
  const tank = into(home.hotWater.setpointC + coilK);
  const pool = asked.pool && into(poolCoilC);
  if (source.kind !== "heat-pump") {
    const maxWatts = Watts(source.capacityW(home.hotWater.setpointC, around[0]!));
    return [{ ...switching(source.kind), minWatts: Watts(0), maxWatts, performance: tank, sinks }];
  }
  const parts = around.map((one) => {
    const strong = Math.max(3, Math.min(most, source.capacityW(run.madeC(one.outdoorC, most), one)));
    const easy = Math.min(strong - 2, run.curveW(one.outdoorC));
    const ends = [easy, (easy + strong) / 2, strong].map((heatW) => ({
      heatW,
      watts: at(heatW, run.madeC(one.outdoorC, heatW), one),
    }));
    return ends.map(({ heatW, watts }, index) => {
      const before = ends[index - 1] ?? { heatW: 0, watts: 0 };
      const more = Math.max(0.5, watts - before.watts);
      return { watts: more, performance: (heatW - before.heatW) / more };
    });
  });
  return [0, 1, 2].map((part): PlannedBackup => {
    const performance = parts.map((ends) => ends[part]?.performance ?? 1);
    const mostWatts = parts.map((ends) => ends[part]?.watts ?? 0);
    return {
      ...switching(part === 0 ? source.kind : `${source.kind}${further}${part}`),
      minWatts: Watts(0),
      maxWatts: Watts(Math.max(...mostWatts)),
      mostWatts,
      performance,
      performanceInto: { room: performance, tank, ...(pool && { pool }) },
      sinks,
    };
  });
}
