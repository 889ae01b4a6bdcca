import { beforeEach, describe, expect, it } from "vitest";
import { Celsius, Digest, HeaterId, Instant, Seconds, type SimulatedClock, simulatedClock, Watts } from "../../domain/index.ts"; // prettier-ignore
import type { TaskEnd, TaskOrder } from "../../jobs/index.ts";
import { type DeskHeater, TaskDesk } from "./taskDesk.ts";

const order: TaskOrder = {
  module: { digest: Digest("0".repeat(64)), bytes: new Uint8Array() },
  input: new Uint8Array(),
  memoryMiB: 1,
  limitSeconds: 60,
  maxOutputBytes: 1,
};
const output: TaskEnd = { kind: "output", output: new Uint8Array(), seconds: 1 };
const evicted: TaskEnd = { kind: "failed", failure: "evicted", message: "it was stopped" };
const [pc, server] = [HeaterId("pc"), HeaterId("server")];

let clock: SimulatedClock;
let desk: TaskDesk;
let changes = 0;
/** Ends the tasks of a heater, oldest first. */
let finish: Map<HeaterId, (() => void)[]>;
beforeEach(() => {
  clock = simulatedClock(Instant(0));
  changes = 0;
  desk = new TaskDesk({ clock, onChange: () => (changes += 1) });
  finish = new Map([pc, server].map((id) => [id, []]));
});

const heater = (id: HeaterId, mayGoOn = true): DeskHeater => ({
  id,
  host: {
    run: (_order, signal) =>
      new Promise((resolve) => {
        finish.get(id)?.push(() => resolve(output));
        signal.addEventListener("abort", () => resolve(evicted));
      }),
  },
  idleWatts: Watts(30),
  wattsPerSlot: Watts(60),
  warmest: Celsius(21),
  mayGoOn,
});
const begin = () => desk.run(order, new AbortController().signal, () => {});

describe("the desk for tasks", () => {
  it("gives each to the heater whose slot is the cheapest that is free, and claims its power", () => {
    desk.follow([heater(pc), heater(server)], [server, pc, server]);
    for (const _ of [1, 2, 3]) void begin();
    expect(desk.claims()).toMatchObject({
      pc: { watts: 90, isEnding: false },
      server: { watts: 150, why: "runs 2 tasks of the exchange" },
    });
    expect(changes).toBe(3);
  });

  it("claims nothing for what is gone", async () => {
    desk.follow([heater(pc)], [pc]);
    const task = begin();
    finish.get(pc)?.[0]?.();
    expect(await task).toEqual({ ...output, place: "pc" });
    expect(desk.claims()).toEqual({});
    expect(changes).toBe(2);
  });

  it("refuses what no slot is offered for, not too fast", async () => {
    desk.follow([heater(pc)], [pc]);
    void begin();
    let end: TaskEnd | undefined;
    void begin().then((so) => (end = so));
    await clock.advance(Seconds(0.5));
    expect(end).toBeUndefined();
    await clock.advance(Seconds(1));
    expect(end).toMatchObject({ kind: "failed", failure: "evicted" });
  });

  it("gives tasks half a minute where they may not go on, and ends them then", async () => {
    desk.follow([heater(pc)], [pc]);
    let end: TaskEnd | undefined;
    void begin().then((so) => (end = so));
    desk.follow([heater(pc, false)], []);
    expect(desk.claims()["pc"]?.isEnding).toBe(true);
    await clock.advance(Seconds(29));
    expect(end).toBeUndefined();
    await clock.advance(Seconds(2));
    expect(end).toBe(evicted);
    expect(desk.claims()).toEqual({});
  });

  it("begins to count with their owner's stop, before any round", async () => {
    desk.follow([heater(pc)], [pc]);
    const task = begin();
    expect(desk.claims([pc])["pc"]?.isEnding).toBe(true);
    await clock.advance(Seconds(31));
    expect(await task).toBe(evicted);
  });

  it("lets them go on where that was over before their time was", async () => {
    desk.follow([heater(pc)], [pc]);
    let end: TaskEnd | undefined;
    void begin().then((so) => (end = so));
    desk.follow([heater(pc, false)], []);
    await clock.advance(Seconds(20));
    desk.follow([heater(pc)], [pc]);
    await clock.advance(Seconds(60));
    expect([end, desk.claims()["pc"]?.isEnding]).toEqual([undefined, false]);
  });

  it("gives nothing to a heater whose tasks are about to end", async () => {
    desk.follow([heater(pc)], [pc, pc]);
    void begin();
    desk.claims([pc]);
    const other = begin();
    await clock.advance(Seconds(2));
    expect(await other).toMatchObject({ failure: "evicted" });
  });
});
