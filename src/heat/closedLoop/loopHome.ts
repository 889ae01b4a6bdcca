import { Celsius, Seconds, Watts } from "../../domain/index.ts";
import type { HeatPump } from "../backups/heatPump.ts";
import type { PowerSteps } from "../heater.ts";
import { roomModel, type RoomModel } from "../room.ts";
import type { LegionellaRule } from "../sinks/legionella.ts";
import type { Tank } from "../sinks/tank.ts";

export type LoopSink = "room" | "tank";

interface LoopSwitching {
  readonly id: string;
  readonly sinks: readonly LoopSink[];
  readonly minOn: Seconds;
  readonly minOff: Seconds;
  /** After its power changed it draws what it should, but earns nothing yet. */
  readonly settle: Seconds;
  /** Wear of a start, in money. */
  readonly startCost: number;
}

export interface LoopHeater extends LoopSwitching {
  readonly kind: "heater";
  readonly steps: PowerSteps;
  readonly heatShare: number;
  readonly joulesPerTerahash: number;
}

export interface LoopPump extends LoopSwitching {
  readonly kind: "pump";
  readonly pump: Pick<HeatPump, "source">;
  /** Electric. */
  readonly minWatts: Watts;
  readonly maxWatts: Watts;
}

export type LoopDevice = LoopHeater | LoopPump;

/** A home with three compute heaters, a heat pump, a room and a tank, as the closed loop is studied with. */
export interface LoopHome {
  readonly model: RoomModel;
  /** As the sun on the south façade comes in through windows, m². */
  readonly apertureM2: number;
  /** People and devices, W. */
  readonly internalGainW: number;
  readonly tank: Tank;
  readonly legionella: LegionellaRule;
  /** Since the tank was last disinfected when the study begins, h. */
  readonly disinfectedHoursAgo: number;
  readonly litresPerDay: number;
  readonly tapC: number;
  /** Around the tank. */
  readonly cellarC: Celsius;
  /** Wanted of the room by day (6 to 22 o'clock) and by night, and at most. */
  readonly leastC: { readonly day: number; readonly night: number };
  readonly mostC: number;
  readonly tankMostC: number;
  readonly devices: readonly LoopDevice[];
  readonly feederWatts: Watts;
  /** Drawn by all else, W. */
  readonly otherWatts: number;
  /** Of the water that heats the room, °C. */
  readonly roomSupplyC: number;
}

const minutes = (count: number) => Seconds(count * 60);

/** An ordinary home of 100 m² whose heat pump alone is too weak for cold days. */
export const loopHome: LoopHome = {
  model: roomModel({ areaM2: 100, insulation: "average" }),
  apertureM2: 3,
  internalGainW: 350,
  tank: { litres: 300, layers: 6, lossWattsPerKelvin: 2, layerWattsPerKelvin: 2 },
  legionella: { celsius: 60, holdSeconds: 1800, everyHours: 168 },
  disinfectedHoursAgo: 72,
  litresPerDay: 160,
  tapC: 42,
  cellarC: Celsius(18),
  leastC: { day: 20, night: 20 },
  mostC: 23,
  tankMostC: 66,
  devices: [
    {
      kind: "heater",
      id: "small",
      sinks: ["room"],
      steps: { kind: "levels", watts: [Watts(800)] },
      heatShare: 0.98,
      joulesPerTerahash: 20,
      minOn: minutes(30),
      minOff: minutes(15),
      settle: minutes(3),
      startCost: 0.01,
    },
    {
      kind: "heater",
      id: "middle",
      sinks: ["room"],
      steps: { kind: "levels", watts: [Watts(700), Watts(1200)] },
      heatShare: 0.98,
      joulesPerTerahash: 28,
      minOn: minutes(30),
      minOff: minutes(15),
      settle: minutes(5),
      startCost: 0.01,
    },
    {
      kind: "heater",
      id: "water",
      sinks: ["room", "tank"],
      steps: { kind: "levels", watts: [Watts(1600)] },
      heatShare: 0.95,
      joulesPerTerahash: 17.5,
      minOn: minutes(30),
      minOff: minutes(15),
      settle: minutes(5),
      startCost: 0.01,
    },
    {
      kind: "pump",
      id: "heat-pump",
      sinks: ["room", "tank"],
      pump: { source: "air" },
      minWatts: Watts(400),
      maxWatts: Watts(1200),
      minOn: minutes(30),
      minOff: minutes(15),
      settle: minutes(3),
      startCost: 0.02,
    },
  ],
  feederWatts: Watts(5500),
  otherWatts: 400,
  roomSupplyC: 38,
};
