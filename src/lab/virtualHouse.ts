import { Celsius, type Clock, HashesPerSecond, type Random, Seconds, Watts } from "../domain/index.ts";
import { type RoomModel, roomModel, type RoomState } from "../heat/index.ts";
import { type AvalonTwin, startAvalonTwin } from "./devices/avalonTwin.ts";
import { type BitaxeTwin, startBitaxeTwin } from "./devices/bitaxeTwin.ts";
import { type BraiinsTwin, startBraiinsTwin } from "./devices/braiinsTwin.ts";
import { startShellyTwin, type ShellyTwin } from "./devices/shellyTwin.ts";
import { startTasmotaTwin, type TasmotaTwin } from "./devices/tasmotaTwin.ts";
import { type VirtualRoom, virtualRoom } from "./virtualRoom.ts";
import { startVirtualThermometer, type VirtualThermometer } from "./virtualThermometer.ts";

export interface VirtualHouseOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly brokerUrl: string;
  readonly timezone: string;
  /** Heat of other heaters in a room, W. */
  readonly moreHeat?: (room: VirtualRoomName) => Watts;
  /** Its energy is cheap at night and dear in the evening, and its days are planned. */
  readonly isPlanned?: boolean;
  /** Further heaters of its hearth.yaml, as text. */
  readonly moreHeaters?: string;
}

export const virtualRooms = {
  "living-room": roomModel({ areaM2: 40, insulation: "average" }),
  study: roomModel({ areaM2: 8, insulation: "good" }),
} as const satisfies Record<string, RoomModel>;
export type VirtualRoomName = keyof typeof virtualRooms;
const virtualRoomNames = Object.keys(virtualRooms) as VirtualRoomName[];

/** A house of two rooms with devices on real sockets, and what they do to each other. */
export interface VirtualHouse {
  /** What a hearth must know to run it. */
  readonly yaml: string;
  temperature(room: VirtualRoomName): Celsius;
  /** Lets the rooms begin anew, from now on. */
  moveIn(rooms: Readonly<Record<string, RoomState>>): void;
  readonly thermometers: Readonly<Record<VirtualRoomName, VirtualThermometer>>;
  readonly braiins: BraiinsTwin;
  readonly avalon: AvalonTwin;
  readonly bitaxe: BitaxeTwin;
  /** By the heater that hangs on it. */
  readonly plugs: { readonly s19: ShellyTwin; readonly nano: TasmotaTwin; readonly bitaxe: ShellyTwin };
  /** Drawn from the mains now, W. */
  watts(): Watts;
  /** Lets rooms live up to now. */
  live(): void;
  /** The mains go away and come back. */
  outage(): Promise<void>;
  close(): Promise<void>;
}

/** What its miners compute at a power, about, TH per W above their idle draw. */
const efficiencies: Readonly<
  Record<string, { readonly idleWatts: number; readonly terahashesPerWatt: number }>
> = {
  s19: { idleWatts: 40, terahashesPerWatt: 1 / 21.5 },
  nano: { idleWatts: 0, terahashesPerWatt: 0.0496 },
  bitaxe: { idleWatts: 4, terahashesPerWatt: 0.06 },
};

/** What a miner of the house computes at a power, without its socket; undefined for what is none of them. */
export function houseHashrate(heater: string, watts: Watts): HashesPerSecond | undefined {
  const miner = efficiencies[heater];
  if (!miner) return undefined;
  return HashesPerSecond(Math.max(0, watts - miner.idleWatts) * miner.terahashesPerWatt * 1e12);
}

/** About as its set-back leaves each room. */
const atFirst: Readonly<Record<VirtualRoomName, RoomState>> = {
  "living-room": { air: Celsius(18), fabric: Celsius(17) },
  study: { air: Celsius(19), fabric: Celsius(18.3) },
};
const noise = 0.04;
const topicOf = (room: VirtualRoomName) => `virtual/${room}`;

/** An S19-class miner at low power in the living room; an Avalon Nano 3S and a Bitaxe in the study; each behind a plug. */
export async function startVirtualHouse(options: VirtualHouseOptions): Promise<VirtualHouse> {
  const { clock, brokerUrl } = options;
  const begin = (name: VirtualRoomName, state: RoomState = atFirst[name]) =>
    virtualRoom(virtualRooms[name], clock.now(), state);
  const rooms: Record<VirtualRoomName, VirtualRoom> = {
    "living-room": begin("living-room"),
    study: begin("study"),
  };
  const temperature = (room: VirtualRoomName) => rooms[room].temperature();
  const air = (room: VirtualRoomName) => () => temperature(room);
  const more = (room: VirtualRoomName) => options.moreHeat?.(room) ?? 0;
  const constraints = { min: 700, default: 900, max: 1600 };
  const braiins = await startBraiinsTwin({
    clock,
    constraints,
    idleWatts: 40,
    tuning: Seconds(60),
    air: air("living-room"),
  });
  const avalon = await startAvalonTwin({ clock, model: "nano-3s", isPowered: false, air: air("study") });
  const bitaxe = await startBitaxeTwin({ clock, air: air("study") });
  const loads = { s19: braiins, nano: avalon, bitaxe };
  const asLeft = { clock, isOn: false, isSafe: true };
  const plugs = {
    s19: await startShellyTwin({ ...asLeft, load: loads.s19 }),
    nano: await startTasmotaTwin({ ...asLeft, load: loads.nano, brokerUrl, topic: "plug-nano" }),
    bitaxe: await startShellyTwin({ ...asLeft, load: loads.bitaxe }),
  };
  const thermometer = async (room: VirtualRoomName) =>
    startVirtualThermometer({
      brokerUrl,
      topic: topicOf(room),
      clock,
      random: options.random.fork(room),
      period: Seconds(20),
      noise,
      temperature: air(room),
    });
  const thermometers = {
    "living-room": await thermometer("living-room"),
    study: await thermometer("study"),
  };
  const live = () => {
    const now = clock.now();
    rooms["living-room"].moveTo(now, Watts(loads.s19.watts() + more("living-room")));
    rooms.study.moveTo(now, Watts(loads.nano.watts() + loads.bitaxe.watts() + more("study")));
  };

  return {
    yaml: yamlOf(options, {
      braiins: braiins.url,
      avalon: avalon.address,
      bitaxe: bitaxe.url,
      s19Plug: plugs.s19.url,
      bitaxePlug: plugs.bitaxe.url,
    }),
    temperature,
    moveIn(states) {
      for (const name of virtualRoomNames) rooms[name] = begin(name, states[name]);
    },
    thermometers,
    braiins,
    avalon,
    bitaxe,
    plugs,
    live,
    watts: () => Watts(loads.s19.watts() + loads.nano.watts() + loads.bitaxe.watts()),
    async outage() {
      await Promise.all(Object.values(plugs).map(({ plug }) => plug.outage()));
    },
    async close() {
      await Promise.all(Object.values(thermometers).map((each) => each.close()));
      await Promise.all(Object.values(plugs).map((each) => each.close()));
      await Promise.all([braiins.close(), avalon.close(), bitaxe.close()]);
    },
  };
}

interface Addresses {
  readonly braiins: string;
  readonly avalon: string;
  readonly bitaxe: string;
  readonly s19Plug: string;
  readonly bitaxePlug: string;
}

const timeOfUse = `
    timeOfUse:
      - { days: [mon, tue, wed, thu, fri, sat, sun], from: "22:00", to: "06:00", perKwh: 0.19 }
      - { days: [mon, tue, wed, thu, fri, sat, sun], from: "17:00", to: "20:00", perKwh: 0.42 }
  carbon: { gramsPerKwh: 380 }
  plan: { hours: 24, warmerK: 1 }`;

const yamlOf = (
  { brokerUrl, timezone, moreHeaters = "", isPlanned = false }: VirtualHouseOptions,
  at: Addresses,
): string => `
site:
  name: Virtual home
  timezone: ${timezone}
  feeder: { maxWatts: 2500 }
  tariff:
    currency: EUR
    perKwh: 0.31${isPlanned ? timeOfUse : ""}
  economics: { heatInstead: { kind: gas, pricePerKwh: 0.11 }, bitcoinPrice: 85000 }
sinks:
  - id: living-room
    name: Living room
    sensor: { driver: mqtt, broker: "${brokerUrl}", topic: ${topicOf("living-room")}, path: temperature }
    comfort:
      setBackC: 18
      week:
        - { days: [mon, tue, wed, thu, fri], from: "06:30", to: "22:30", targetC: 21 }
        - { days: [sat, sun], from: "06:30", to: "23:30", targetC: 21.5 }
    limits: { maxC: 26 }
    model: { areaM2: 40, insulation: average }
  - id: study
    name: Study
    sensor: { driver: mqtt, broker: "${brokerUrl}", topic: ${topicOf("study")}, path: temperature }
    comfort:
      setBackC: 19
      week:
        - { days: [mon, tue, wed, thu, fri], from: "07:30", to: "18:30", targetC: 20 }
    limits: { maxC: 26 }
    model: { areaM2: 8, insulation: good }
heaters:${moreHeaters}
  - id: s19
    name: Antminer S19
    driver: braiins
    sink: living-room
    address: ${at.braiins}
    minWatts: 700
    maxWatts: 1600
    idleWatts: 40
    settleSeconds: 120
    purchase: { price: 900 }
    plug: { driver: shelly-gen2, address: "${at.s19Plug}", ratedWatts: 2500, timerSeconds: 600 }
  - id: nano
    name: Avalon Nano 3S
    driver: avalon
    sink: study
    address: ${at.avalon}
    model: nano-3s
    purchase: { price: 300 }
    plug: { driver: tasmota, broker: "${brokerUrl}", topic: plug-nano, ratedWatts: 2300, timerSeconds: 600 }
  - id: bitaxe
    name: Bitaxe Gamma
    driver: axeos
    sink: study
    address: ${at.bitaxe}
    purchase: { price: 170, embodiedKg: 30 }
    plug: { driver: shelly-gen2, address: "${at.bitaxePlug}", ratedWatts: 2500, timerSeconds: 600 }
`;
