export * from "./heater.ts";
export * from "./adaptControl.ts";
export * from "./comfort.ts";
export * from "./control.ts";
export * from "./controlConfig.ts";
export * from "./controlInput.ts";
export * from "./controlOutput.ts";
export * from "./controlState.ts";
export { restoredControl } from "./restoreControl.ts";
export * from "./room.ts";
export { atPresent, pumpPerformance, tankReach } from "./performance.ts";
export { type LearnedPowers, learnedRatio } from "./learned.ts";
export { isBackup } from "./backup.ts";
export { targetRange, withinTargets } from "./targetRange.ts";
export { tankModel } from "./tankModel.ts";
export { legionellaRule } from "./sinks/legionella.ts";
export { disinfectionC, disinfectWithin } from "./disinfection.ts";
export { usualDraw } from "./usualDraw.ts";
export { tankJoulesPerKelvin } from "./sinks/tank.ts";
export { drawOffProfiles } from "./sinks/drawOff.ts";
export { type Identification, identifyRoom } from "./identify/identifyRoom.ts";
export type { RoomRecord } from "./identify/roomRecord.ts";
export * from "./quiet.ts";
export { isAbsurd } from "./sensor.ts";
export * from "./startControl.ts";
export { assumedOutdoor, isKnown } from "./estimate.ts";
export { otherLoads } from "./mains.ts";
export { isOnTrial, trustedSteps } from "./trial.ts";
export { powerProblem } from "./steps.ts";
export { type Building, buildingSchema, zonesOf } from "./building/building.ts";
export { fiveR1CZone } from "./building/fiveR1C.ts";
export { facadesOf } from "./building/solarGains.ts";
export { simulateBuilding } from "./building/simulateBuilding.ts";
export { surfacesZone } from "./building/surfaceZone.ts";
export { summarizeZones, type ZoneSummary, type ZoneYear } from "./building/zoneYear.ts";
export { climateSchema } from "./weather/climate.ts";
export {
  drawnByLoad,
  leftToRun,
  type LoadConfig,
  type LoadMemory,
  mayLoadDraw,
  needOf,
  newLoad,
  windowAt,
} from "./loads/load.ts";
export { type LoadsOutput, runLoads } from "./loads/runLoads.ts";
export { mostSolarPower, type SolarArray, solarPower } from "./weather/solarPower.ts";
export type { Weather } from "./weather/forecast.ts";
export { monthOfHour } from "./weather/calendar.ts";
export { parseEpw } from "./weather/epw.ts";
export { syntheticYear } from "./weather/syntheticYear.ts";
export type { WeatherYear } from "./weather/weatherYear.ts";
export { mildDay, siteProblems, type SiteProblem, type SiteSafety } from "./siteProblems.ts";
export { homeBuilding } from "./home/house.ts";
export { type Home, homeShape } from "./home/homeSchema.ts";
export type { HomeOffer, HomeYear } from "./home/homeRun.ts";
export { simulateHome } from "./home/simulateHome.ts";
export { canPlan, learnHome, planHome } from "./home/plan/planHome.ts";
export type { Foreknowledge } from "./home/plan/outlook.ts";
export { canHeatAhead, type HomeSystem, systemsOf } from "./home/sources.ts";
export { type Stretch, typicalDays, wholeYear } from "./home/stretches.ts";
export type { Plan, PlannedStep } from "./planner/plan.ts";
export { explainPlan, type Explanation } from "./planner/explainPlan.ts";
export * from "./planner/modelWatch.ts";
export { modelWatchSchema } from "./planner/modelWatchSchema.ts";
export { heatWanted } from "./planner/heatWanted.ts";
export { stepInAct } from "./planner/planInAct.ts";
export { solveFiner } from "./planner/solveFiner.ts";
export { solvePlan } from "./planner/solvePlan.ts";
export type { Program, ProgramLimits, ProgramSolution, SolveProgram } from "./planner/program.ts";
export type * from "./planner/planProblem.ts";
export { loopHome } from "./closedLoop/loopHome.ts";
export { loopWorld } from "./closedLoop/loopWorld.ts";
export type { LoopResult, LoopRun, LoopSample } from "./closedLoop/loopRun.ts";
export { runLoop } from "./closedLoop/runLoop.ts";
