import { Celsius, HeaterId, Instant, Seconds, SinkId, Watts, weekdays } from "../domain/index.ts";
import type { ComfortSchedule } from "./comfort.ts";
import { control } from "./control.ts";
import {
  aroundSink,
  type ControlConfig,
  controlDefaults,
  type HeaterConfig,
  type RoomSink,
  type SinkConfig,
  type TankSink,
} from "./controlConfig.ts";
import type { ControlInput, HeaterInput, OwnerWishes } from "./controlInput.ts";
import type { ControlOutput } from "./controlOutput.ts";
import type { ControlState } from "./controlState.ts";
import type {
  HeaterReading,
  HeaterTraits,
  PowerSteps,
  PumpPerformance,
  SensorReading,
  Setpoint,
  Workload,
} from "./heater.ts";
import { type RoomModel, roomModel, type RoomState, stepRoom } from "./room.ts";
import { atPresent } from "./performance.ts";
import { workloadOf } from "./steps.ts";
import { restoredControl } from "./restoreControl.ts";
import { initialControl } from "./startControl.ts";
import { tankModel } from "./tankModel.ts";

export const levels = (...watts: number[]): PowerSteps => ({ kind: "levels", watts: watts.map(Watts) });
export const range = (min: number, max: number, step: number): PowerSteps => ({
  kind: "range",
  min: Watts(min),
  max: Watts(max),
  step: Watts(step),
});

export function traitsOf(steps: PowerSteps, settle = 0): HeaterTraits {
  return {
    steps: { mining: steps },
    idleWatts: Watts(5),
    maxWatts: steps.kind === "levels" ? (steps.watts.at(-1) ?? Watts(5)) : steps.max,
    powerReturnWatts: Watts(5),
    canStop: true,
    stopSurvivesRestart: false,
    settle: Seconds(settle),
    change: "live",
    provenance: "metered",
    safeState: { description: "off", guard: { by: "device-watchdog", within: Seconds(5) } },
  };
}

/** Of what heats and computes nothing. */
export const backupTraits = (watts: number, performance?: PumpPerformance): HeaterTraits => ({
  ...traitsOf(levels(watts), 60),
  steps: { heating: levels(watts) },
  idleWatts: Watts(0),
  safeState: { description: "its plug cuts it off", guard: { by: "plug-timer", within: Seconds(180) } },
  ...(performance ? { performance } : {}),
});

export const constant = (targetC: number): ComfortSchedule => ({
  entries: [],
  setBackC: Celsius(targetC),
  bandK: 0.3,
});

export const dayAndNight: ComfortSchedule = {
  entries: [{ days: weekdays, from: "06:30", to: "22:00", targetC: Celsius(21) }],
  setBackC: Celsius(17),
  bandK: 0.3,
};

export function sinkOf(id: string, changes: Partial<RoomSink> = {}): RoomSink {
  return {
    id: SinkId(id),
    kind: "room",
    comfort: constant(20),
    limits: { maxC: Celsius(26), minC: Celsius(5) },
    model: roomModel({ areaM2: 20, insulation: "average" }),
    sensor: controlDefaults.sensor,
    fallback: { kind: "stop" },
    ...changes,
  };
}

/** A tank of 120 litres that is wanted at 50 °C. */
export function tankOf(id: string, changes: Partial<TankSink> = {}): TankSink {
  const { tank } = controlDefaults;
  const size = { litres: 120, lossWattsPerKelvin: 1.5 };
  return {
    id: SinkId(id),
    kind: "tank",
    comfort: { entries: [], setBackC: tank.targetC, bandK: tank.bandK },
    limits: tank.limits,
    ...size,
    model: tankModel(size),
    sensor: { ...controlDefaults.sensor, plausible: tank.plausible },
    fallback: { kind: "stop" },
    aroundC: tank.aroundC,
    disinfection: null,
    hotWater: {
      litresPerDay: tank.litresPerDay,
      profile: "household",
      tapC: tank.tapC,
      mainsC: tank.mainsC,
    },
    storeC: tank.storeC,
    ...changes,
  };
}

export function heaterOf(id: string, steps: PowerSteps, changes: Partial<HeaterConfig> = {}): HeaterConfig {
  return {
    id: HeaterId(id),
    sink: SinkId("room"),
    traits: traitsOf(steps),
    minOn: Seconds(300),
    minOff: Seconds(180),
    trusted: true,
    maxStartsPerHour: 6,
    quiet: [],
    limits: { deviceMaxC: Celsius(90) },
    heatShare: 1,
    ...changes,
  };
}

export function siteOf(
  heaters: readonly HeaterConfig[],
  changes: Partial<ControlConfig> = {},
): ControlConfig {
  return {
    timezone: "Europe/London",
    sinks: [sinkOf("room")],
    heaters,
    feeder: { maxWatts: Watts(10_000) },
    stagger: Seconds(30),
    ...changes,
  };
}

/** A device as it is, whatever it says. */
export interface Device {
  watts: number;
  temperature: number | undefined;
  /** Whether calls reach it. */
  answers: boolean;
  /** Whether it does what it took. */
  obeys: boolean;
  busy: string | undefined;
  provenance: HeaterReading["provenance"];
  /** What else its reading tells. */
  tells: Partial<Pick<HeaterReading, "available" | "setTo" | "unguarded" | "ownWatts">>;
  /** A setpoint that it refuses, W. */
  refuses: number | undefined;
  faults: string[];
  held: Setpoint | undefined;
  /** Does this instead of what it took, W. */
  drawsInstead: number | undefined;
  /** What its reading says instead of what it draws, W. */
  says: number | undefined;
  /** Whether calls are answered with what was read before. */
  repeats: boolean;
  lastRead: HeaterInput["reading"];
}

const newDevice = (): Device => ({
  watts: 5,
  temperature: 40,
  answers: true,
  obeys: true,
  busy: undefined,
  provenance: "metered",
  tells: {},
  refuses: undefined,
  faults: [],
  held: undefined,
  drawsInstead: undefined,
  says: undefined,
  repeats: false,
  lastRead: undefined,
});

/** What the sensor of a room says; undefined is silence. */
export type Sense = (room: RoomState) => number | undefined;

/** A house with its rooms, devices and sensors, whose hearth is the real one. */
export class Home {
  readonly config: ControlConfig;
  state: ControlState;
  wall: number;
  /** By the monotonic clock, which a restart begins anew but this does not. */
  elapsed = 0;
  outdoor = 5;
  readonly rooms = new Map<string, RoomState>();
  readonly devices = new Map<string, Device>();
  readonly sensors = new Map<string, SensorReading>();
  sense: Sense = (room) => room.air;
  /** What the site's meter says; undefined without one. */
  mains: () => Watts | undefined = () => undefined;
  owner: OwnerWishes = { stoppedHeaters: [], overrides: {}, powers: {}, trials: {} };
  plan: ControlInput["plan"];
  /** By heater. */
  tasks: Readonly<Record<string, HeaterInput["tasks"]>> = {};
  price: number | undefined;
  private restarted = true;

  constructor(config: ControlConfig, begin: { start?: string; air?: number; fabric?: number } = {}) {
    const { start = "2026-01-05T00:00:00Z", air = 20 } = begin;
    const fabric = begin.fabric ?? air;
    this.config = config;
    this.state = initialControl(config);
    this.wall = Date.parse(start);
    for (const { id } of config.sinks) this.rooms.set(id, { air: Celsius(air), fabric: Celsius(fabric) });
    for (const { id } of config.heaters) this.devices.set(id, newDevice());
  }

  device(id: string): Device {
    const device = this.devices.get(id);
    if (!device) throw new Error(`no device ${id}`);
    return device;
  }

  room(id = "room"): RoomState {
    const room = this.rooms.get(id);
    if (!room) throw new Error(`no room ${id}`);
    return room;
  }

  /** Time passes, then the hearth does one round and devices take what it decided. */
  tick(dt = 10, wallJump = 0): ControlOutput {
    this.pass(dt);
    this.wall += wallJump * 1000;
    for (const [id, room] of this.rooms) {
      const value = this.sense(room);
      if (value !== undefined) this.sensors.set(id, { at: Instant(this.wall), value });
    }
    const output = control(this.config, this.state, {
      at: Instant(this.wall),
      elapsed: Seconds(this.restarted ? 0 : dt),
      sensors: Object.fromEntries([...this.sensors].map(([id, reading]) => [id, { reading }])),
      heaters: Object.fromEntries(
        [...this.devices].map(([id, device]) => [
          id,
          { ...this.read(device, this.workloadOf(id)), tasks: this.tasks[id] },
        ]),
      ),
      owner: this.owner,
      outdoor: Celsius(this.outdoor),
      mains: this.mains(),
      plan: this.plan,
      price: this.price,
    });
    this.restarted = false;
    this.state = output.state;
    for (const decision of output.decisions) {
      const device = this.device(decision.heaterId);
      const takes = decision.setpoint.watts !== device.refuses && device.busy === undefined;
      if (device.answers && takes && !decision.unseen) device.held = decision.setpoint;
    }
    return output;
  }

  /** Many rounds; the last one's output. */
  run(ticks: number, each?: (output: ControlOutput, tick: number) => void): ControlOutput {
    let output = this.tick();
    each?.(output, 0);
    for (let tick = 1; tick < ticks; tick++) {
      output = this.tick();
      each?.(output, tick);
    }
    return output;
  }

  /** The hearth is killed and comes up again from what it kept; devices that ran run on. */
  restart(seconds: number): void {
    this.pass(seconds);
    this.state = restoredControl(this.config, JSON.parse(JSON.stringify(this.state)));
    this.restarted = true;
    this.sensors.clear();
    for (const device of this.devices.values()) device.held = undefined;
  }

  /** Hot water is drawn from a tank and replaced by cold. */
  draw(id: string, litres: number, mainsC = 12): void {
    const sink = this.config.sinks.find((one) => one.id === id);
    if (sink?.kind !== "tank") throw new Error(`no tank ${id}`);
    const { air, fabric } = this.room(id);
    this.rooms.set(id, { air: Celsius(air - (litres / sink.litres) * (air - mainsC)), fabric });
  }

  /** What a room really is. */
  protected readonly modelOf = ({ model }: SinkConfig): RoomModel => model;

  private pass(dt: number): void {
    this.wall += dt * 1000;
    this.elapsed += dt;
    for (const sink of this.config.sinks) {
      const { id } = sink;
      const heat = atPresent(this.config, this.state.sinks, Celsius(this.outdoor))
        .heaters.filter((heater) => heater.sink === id)
        .reduce((sum, heater) => sum + this.device(heater.id).watts * heater.heatShare, 0);
      const outdoor = aroundSink(sink, Celsius(this.outdoor)) ?? Celsius(this.outdoor);
      const acting = { outdoor, heat: Watts(heat) };
      this.rooms.set(id, stepRoom(this.modelOf(sink), this.room(id), acting, Seconds(dt)));
    }
    for (const { id, traits } of this.config.heaters) {
      const device = this.device(id);
      const asked = Math.max(traits.idleWatts, device.held?.watts ?? device.watts);
      if (device.drawsInstead !== undefined) device.watts = device.drawsInstead;
      else if (device.obeys) device.watts = asked;
    }
  }

  private readonly workloadOf = (id: string) =>
    workloadOf(this.config.heaters.find((heater) => heater.id === id)?.traits ?? { steps: {} });

  private read(device: Device, workload: Workload): HeaterInput {
    if (device.answers && !device.repeats) {
      const watts = device.says ?? device.watts;
      device.lastRead = {
        at: Instant(this.wall),
        watts: watts as Watts,
        provenance: device.provenance,
        workload: watts > 10 ? workload : "idle",
        faults: device.faults,
        ...device.tells,
        ...(device.temperature === undefined ? {} : { temperature: device.temperature as Celsius }),
        ...(device.busy === undefined ? {} : { busy: device.busy }),
      };
    }
    const trouble = device.refuses === undefined ? undefined : "refused: no such mode";
    return { reading: device.lastRead, answers: device.answers, held: device.held, trouble };
  }
}

export const codes = ({ events }: ControlOutput) => events.map(({ code }) => code);
export const says = ({ decisions }: ControlOutput, index = 0) => decisions[index]?.reason;
export const asks = ({ decisions }: ControlOutput, index = 0) => decisions[index]?.setpoint.watts;

/** A room with one heater of 90 W that has run in it for a while, since it is too cold. */
export function heated(sink: Partial<RoomSink> = {}, heater: Partial<HeaterConfig> = {}, air = 19.4): Home {
  const home = new Home(siteOf([heaterOf("miner", levels(90), heater)], { sinks: [sinkOf("room", sink)] }), {
    air,
  });
  home.run(60);
  if (home.state.heaters["miner"]?.setpoint.watts !== 90) throw new Error("it does not heat");
  return home;
}
