import { Watts } from "../../../domain/index.ts";
import type { PlanProblem } from "../../planner/planProblem.ts";
import { askHome, type KnownHome, type PlannedHome } from "./askedHome.ts";
import { poseRoom } from "./poseRoom.ts";
import { plannedBackups, plannedHeater } from "./poseSources.ts";
import { plannedPool, plannedTank } from "./poseWater.ts";

/** More than any home draws. */
const feederWatts = Watts(1_000_000);

/** The problem of the next day or so, as it is known at the full hour. */
export function poseHome(planned: PlannedHome, known: KnownHome): PlanProblem {
  const asked = askHome(planned, known);
  const { home, run, pool } = asked;
  const posed = Number.isNaN(run.dwelling.warmestC) ? undefined : poseRoom(asked);
  const devices = run.plant.sources.filter(({ kind }) => kind !== "boiler" && kind !== "district");
  return {
    steps: asked.steps,
    heaters: devices.filter(({ kind }) => kind === "heater").map((source) => plannedHeater(asked, source)),
    backups: devices
      .filter(({ kind }) => kind !== "heater")
      .flatMap((source) => plannedBackups(asked, source)),
    sinks: [
      ...(posed ? [posed.room] : []),
      plannedTank(asked, home.hotWater),
      ...(pool ? [plannedPool(asked, pool)] : []),
    ],
    ...(posed && posed.coolers.length > 0 && { coolers: posed.coolers }),
    loads: [],
    feederWatts,
    carbonPerKg: 0,
    peakPerKw: 0,
    peakSoFar: Watts(0),
  };
}
