import {
  type Celsius,
  type HashesPerSecond,
  type Instant,
  plus,
  type Random,
  Seconds,
  Watts,
} from "../domain/index.ts";
import type { ControlConfig, HeaterInput, HeaterReading, RoomState, Setpoint } from "../heat/index.ts";
import type { Tariff } from "../energy/index.ts";
import { initialRound, type Ledger, round, type RoundInput, withoutKept } from "../hearth/index.ts";
import type { TickRecord } from "../store/index.ts";
import { virtualRoom } from "./virtualRoom.ts";

export interface ComputeHistoryOptions {
  readonly control: ControlConfig;
  readonly tariff: Tariff;
  readonly days: number;
  /** They end here. */
  readonly until: Instant;
  readonly random: Random;
  /** What the thermometer's noise deviates by, K. */
  readonly noise: number;
  /** By room. */
  readonly initial: Readonly<Record<string, RoomState>>;
  /** What the ledger goes by; none is kept without it. */
  readonly rates?: RoundInput["rates"];
  /** What a heater computes at a power, H/s; none without. */
  readonly hashrate?: (heater: string, watts: Watts) => HashesPerSecond | undefined;
  /** Takes the rounds as they come, some hundreds at a time, with the share that is done by then. */
  keep(ticks: readonly TickRecord[], share: number): Promise<void>;
  /** Takes what is over of the ledger, as often; without it the newest of it stays in the state. */
  keepLedger?(ledger: Ledger): Promise<void>;
}

const step = Seconds(30);
const stepsPerDay = 86_400 / step;
const batchSize = 500;

/**
 * Days of a home, computed by the very rounds of the hearth loop, without sockets and without hashing: heaters do at
 * once as they are told. Gives the rooms as they are at the end.
 */
export async function computeHistory(
  options: ComputeHistoryOptions,
): Promise<Readonly<Record<string, RoomState>>> {
  const { control, tariff, until } = options;
  const steps = options.days * stepsPerDay;
  let at = plus(until, Seconds(-steps * step));
  const rooms = control.sinks.map(({ id, model }) => {
    const initial = options.initial[id];
    if (!initial) throw new Error(`history needs to know how the room ${id} begins`);
    return { id, room: virtualRoom(model, at, initial) };
  });
  const held = new Map<string, Setpoint>();
  let state = initialRound(control);
  let batch: TickRecord[] = [];

  const wattsOf = (id: string, idleWatts: Watts) => {
    const setpoint = held.get(id);
    return setpoint && setpoint.workload !== "idle" ? setpoint.watts : idleWatts;
  };
  for (let index = 0; index < steps; index++) {
    at = plus(at, step);
    const heaters = control.heaters.map(({ id, sink, traits, heatShare }) => {
      const watts = wattsOf(id, traits.idleWatts);
      const workload = held.get(id)?.workload ?? "idle";
      const hashrate = workload === "idle" ? undefined : options.hashrate?.(id, watts);
      const reading: HeaterReading = {
        at,
        watts,
        provenance: "estimated",
        workload,
        ...(hashrate === undefined ? {} : { hashrate }),
        faults: [],
      };
      const input: HeaterInput = { reading, answers: true, held: held.get(id) };
      return { id, sink, heat: watts * heatShare, input, heard: [reading] };
    });
    const sensed = rooms.map(({ id, room }) => {
      const heat = heaters.reduce((sum, heater) => sum + (heater.sink === id ? heater.heat : 0), 0);
      room.moveTo(at, Watts(heat));
      return [id, { at, value: sense(room.temperature(), options) }] as const;
    });
    const output = round(control, tariff, state, {
      events: [],
      rates: options.rates,
      heard: Object.fromEntries(heaters.map(({ id, heard }) => [id, heard])),
      sensed: Object.fromEntries(sensed.map(([id, reading]) => [id, [reading]])),
      control: {
        at,
        elapsed: index === 0 ? Seconds(0) : step,
        sensors: Object.fromEntries(sensed.map(([id, reading]) => [id, { reading }])),
        heaters: Object.fromEntries(heaters.map(({ id, input }) => [id, input])),
      },
    });
    for (const { heaterId, setpoint, unseen } of output.control.decisions) {
      if (!unseen) held.set(heaterId, setpoint);
    }
    state = output.state;
    batch.push(output.record);
    if (batch.length === batchSize || index === steps - 1) {
      await options.keep(batch, (index + 1) / steps);
      batch = [];
      if (options.keepLedger && state.ledger) {
        await options.keepLedger(state.ledger);
        state = { ...state, ledger: withoutKept(state.ledger, state.ledger) };
      }
    }
  }
  return Object.fromEntries(rooms.map(({ id, room }) => [id, room.state()]));
}

const sense = (temperature: Celsius, { random, noise }: ComputeHistoryOptions) =>
  Math.round((temperature + noise * random.normal()) * 100) / 100;
