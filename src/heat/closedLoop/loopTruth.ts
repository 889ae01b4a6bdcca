import { Celsius, Seconds, Watts } from "../../domain/index.ts";
import { steadyRoom, type RoomState, stepRoom, storedHeat } from "../room.ts";
import { tapDraw } from "../sinks/drawOff.ts";
import { type LegionellaState, watchLegionella } from "../sinks/legionella.ts";
import { filledTank, stepTank, tankJoulesPerKelvin } from "../sinks/tank.ts";
import type { LoopHome, LoopSink } from "./loopHome.ts";
import type { LoopWorld } from "./loopWorld.ts";

/** The room and the tank as they really are. */
export interface LoopTruth {
  readonly room: RoomState;
  /** °C from the top. */
  readonly layersC: Float64Array;
  readonly legionella: LegionellaState;
}

export interface TruthStart {
  readonly roomC: number;
  readonly tankC: number;
}

const minute = Seconds(60);
/** Of the leaks, what comes with the wind. */
const windShare = 0.4;

export function startTruth(home: LoopHome, world: LoopWorld, { roomC, tankC }: TruthStart): LoopTruth {
  const outdoor = Celsius(world.outdoorC(0));
  const cold = steadyRoom(world.model, { outdoor, heat: Watts(0) });
  const warm = steadyRoom(world.model, { outdoor, heat: Watts(1000) });
  const share = (roomC - cold.air) / (warm.air - cold.air);
  return {
    room: { air: Celsius(roomC), fabric: Celsius(cold.fabric + share * (warm.fabric - cold.fabric)) },
    layersC: filledTank(home.tank, tankC),
    legionella: { heldSeconds: 0, sinceSeconds: home.disinfectedHoursAgo * 3600 },
  };
}

/** A minute further, with the heat that the devices gave, W by sink. */
export function stepTruth(
  home: LoopHome,
  world: LoopWorld,
  before: LoopTruth,
  at: number,
  heat: Readonly<Record<LoopSink, number>>,
): LoopTruth {
  const { model } = world;
  const leaks = model.airToOutsideWattsPerKelvin * (1 - windShare + windShare * world.wind(at));
  const outdoor = Celsius(world.outdoorC(at));
  const inputs = { outdoor, heat: Watts(heat.room + world.gainsW(at)) };
  const room = stepRoom({ ...model, airToOutsideWattsPerKelvin: leaks }, before.room, inputs, minute);
  const mainsC = world.mainsC(at);
  const { tankLitres } = tapDraw(
    { litres: world.litres(at), tapC: home.tapC, mainsC },
    before.layersC[0] ?? 0,
  );
  const { layersC } = stepTank(home.tank, before.layersC, {
    seconds: minute,
    heatW: heat.tank,
    drawnLitres: tankLitres,
    mainsC,
    aroundC: home.cellarC,
  });
  const legionella = watchLegionella(home.legionella, before.legionella, layersC.at(-1) ?? 0, minute);
  return { room, layersC, legionella };
}

/** Heat stored above 0 °C, kWh by sink. */
export function storedKwh(home: LoopHome, world: LoopWorld, truth: LoopTruth): Record<LoopSink, number> {
  const water = truth.layersC.reduce((sum, celsius) => sum + celsius, 0) / truth.layersC.length;
  return {
    room: storedHeat(world.model, truth.room) / 3.6e6,
    tank: (water * tankJoulesPerKelvin(home.tank)) / 3.6e6,
  };
}
