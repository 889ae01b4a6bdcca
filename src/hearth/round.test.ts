import { describe, expect, it } from "vitest";
import { Celsius, Instant, Micros, plus, Seconds, SinkId, Watts } from "../domain/index.ts";
import { type ControlConfig, controlDefaults, roomModel, type SensorReading } from "../heat/index.ts";
import { initialRound, restoredRound, round, type RoundInput, type RoundState } from "./round.ts";

const noon = Instant(Date.UTC(2026, 0, 14, 12));
const config: ControlConfig = {
  timezone: "Europe/Berlin",
  feeder: { maxWatts: Watts(1500) },
  stagger: Seconds(0),
  sinks: [
    {
      id: SinkId("room"),
      kind: "room",
      comfort: { setBackC: Celsius(21), bandK: 0.3, entries: [] },
      limits: { minC: Celsius(5), maxC: Celsius(26) },
      model: roomModel({ areaM2: 20, insulation: "average" }),
      sensor: controlDefaults.sensor,
      fallback: { kind: "stop" },
    },
  ],
  heaters: [],
};
const tariff = { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) } as const;
const said = (second: number, value: number): SensorReading => ({ at: plus(noon, Seconds(second)), value });

/** A round at `second`, in which the sensor says what it said since the last one. */
function pass(
  state: RoundState,
  second: number,
  sensed: readonly SensorReading[],
  mains: RoundInput["mains"] = [],
) {
  const output = round(config, tariff, state, {
    events: [],
    heard: {},
    sensed: { room: sensed },
    mains,
    control: {
      at: plus(noon, Seconds(second)),
      elapsed: Seconds(10),
      sensors: { room: { reading: sensed.at(-1) } },
      heaters: {},
    },
  });
  const temperatures = output.record.readings.filter(({ series }) => series === "sink/room/temperature");
  return { ...output, temperatures: temperatures.map(({ at, value }) => ({ at, value })) };
}

it("what the site's own meter said is recorded, with its sign", () => {
  const { record } = pass(
    initialRound(config),
    10,
    [],
    [
      { at: plus(noon, Seconds(3)), watts: Watts(850) },
      { at: plus(noon, Seconds(9)), watts: Watts(-1200) },
    ],
  );
  expect(record.readings.filter(({ series }) => series === "site/mains/power")).toEqual([
    { series: "site/mains/power", at: plus(noon, Seconds(3)), value: 850, provenance: "metered" },
    { series: "site/mains/power", at: plus(noon, Seconds(9)), value: -1200, provenance: "metered" },
  ]);
});

describe("a room's temperatures", () => {
  it("are all recorded, each at its own time", () => {
    const heard = [said(1, 20), said(4, 20.1), said(9, 20.2)];
    expect(pass(initialRound(config), 10, heard).temperatures).toEqual(heard);
  });

  it("are recorded once, though a restart hears the newest again", () => {
    const first = pass(initialRound(config), 10, [said(1, 20), said(9, 20.2)]);
    const restored = restoredRound(config, JSON.parse(JSON.stringify(first.state)));
    const again = pass(restored, 20, [said(9, 20.2), said(19, 20.3)]);
    expect(again.temperatures).toEqual([said(19, 20.3)]);
  });

  it("may come late, and are not heard again after that either", () => {
    const first = pass(initialRound(config), 10, [said(9, 20.2), said(5, 20)]);
    expect(first.temperatures).toEqual([said(9, 20.2), said(5, 20)]);
    expect(pass(first.state, 20, [said(9, 20.2)]).temperatures).toEqual([]);
  });

  it("are bounded: of a sensor that runs wild the newest hundred of a round are kept", () => {
    const wild = Array.from({ length: 1000 }, (_, index) => said(index / 100, 20));
    expect(pass(initialRound(config), 10, wild).temperatures).toEqual(wild.slice(-100));
  });

  it("that no room has are kept apart, so that they spoil neither the chart nor a mean", () => {
    const heard = [said(1, 20), said(4, 327.67), said(7, -127), said(9, 20.2)];
    const { temperatures, record } = pass(initialRound(config), 10, heard);
    expect(temperatures).toEqual([said(1, 20), said(9, 20.2)]);
    const doubted = record.readings.filter(({ series }) => series === "sink/room/doubted");
    expect(doubted).toMatchObject([said(4, 327.67), said(7, -127)]);
  });

  it("that are no numbers are left out", () => {
    expect(pass(initialRound(config), 10, [said(1, Number.NaN), said(2, 20)]).temperatures).toEqual([
      said(2, 20),
    ]);
  });
});
