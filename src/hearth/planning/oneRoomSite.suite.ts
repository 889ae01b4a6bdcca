import { Celsius, HeaterId, Seconds, SinkId, Watts } from "../../domain/index.ts";
import {
  type ComfortSchedule,
  type ControlConfig,
  controlDefaults,
  type PowerSteps,
  roomModel,
} from "../../heat/index.ts";

export const averageRoom = roomModel({ areaM2: 20, insulation: "average" });

/** A site of one room, `room`, with one trusted heater, `heater`, for tests of its plans. */
export function oneRoomSite(comfort: ComfortSchedule, steps: PowerSteps, model = averageRoom): ControlConfig {
  return {
    timezone: "UTC",
    feeder: { maxWatts: Watts(2000) },
    stagger: Seconds(0),
    sinks: [
      {
        id: SinkId("room"),
        kind: "room",
        comfort,
        limits: { minC: Celsius(5), maxC: Celsius(26) },
        model,
        sensor: controlDefaults.sensor,
        fallback: { kind: "stop" },
      },
    ],
    heaters: [
      {
        id: HeaterId("heater"),
        sink: SinkId("room"),
        traits: {
          steps: { mining: steps },
          idleWatts: Watts(0),
          maxWatts: steps.kind === "range" ? steps.max : (steps.watts.at(-1) ?? Watts(0)),
          powerReturnWatts: Watts(0),
          canStop: true,
          stopSurvivesRestart: true,
          settle: Seconds(30),
          change: "live",
          provenance: "metered",
          safeState: { description: "stops", guard: { by: "device-watchdog", within: Seconds(5) } },
        },
        minOn: Seconds(300),
        minOff: Seconds(180),
        limits: { deviceMaxC: Celsius(90) },
        heatShare: 1,
        trusted: true,
        maxStartsPerHour: 6,
        quiet: [],
      },
    ],
  };
}
