import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/domain/index.ts";
import { type CuttableLine, cuttableLine } from "../cuttableLine.ts";
import { type OpenHouse, openHouse, step } from "../house/openHouse.ts";

let line: CuttableLine;
let home: OpenHouse;

const trustful = (yaml: string) =>
  yaml.replaceAll(/^ {4}driver: .*$/gm, "$&\n    trusted: true\n    minOnMinutes: 0\n    minOffMinutes: 0");

beforeAll(async () => {
  home = await openHouse(seededRandom(5), {
    rewrite: trustful,
    async lineTo(url) {
      line = await cuttableLine(Number(new URL(url).port));
      return `mqtt://127.0.0.1:${line.port}`;
    },
  });
});
afterAll(async () => {
  await home.close();
  await line.close();
});

const heater = (id: string) =>
  home.site.hearth.view().heaters.find((one) => one.id === id) ?? expect.unreachable();
const sink = (id: string) =>
  home.site.hearth.view().sinks.find((one) => one.id === id) ?? expect.unreachable();
const alarms = () => home.site.hearth.view().alarms.map(({ code, subject }) => `${code} ${subject}`);

const minesFully = () => home.house.braiins.hashes() && home.house.braiins.watts() > 1500;

/** Lets time pass until it holds; fails after so many minutes. */
async function until(what: string, minutes: number, holds: () => boolean) {
  for (let seconds = 0; seconds < minutes * 60; seconds += step) {
    if (holds()) return;
    await home.step();
  }
  const { heaters, sinks, alarms: open } = home.site.hearth.view();
  const now = [
    ...heaters.map(({ id, state, watts, reason }) => `${id} ${state} ${watts} W: ${reason}`),
    ...sinks.map(({ id, sensor, temperatureC }) => `${id} ${sensor} ${temperatureC}`),
    ...open.map(({ message }) => message),
  ];
  throw new Error(`waited ${minutes} minutes in vain for ${what}\n${now.join("\n")}`);
}

describe("the house, fault by fault", { timeout: 60_000 }, () => {
  it("heats both rooms before", async () => {
    await until("first readings", 2, () => sink("study").sensor === "fresh");
    for (const room of ["living-room", "study"]) {
      const wish = home.site.hearth.setOverride(room, { kind: "hold", targetC: 23 });
      let isOver = false;
      void wish.then(() => (isOver = true));
      await until("the wish to be recorded", 2, () => isOver);
    }
    await until("all to heat", 15, () =>
      ["s19", "nano", "bitaxe"].every((id) => heater(id).state === "heating"),
    );
  });

  it("a device reboots to other settings: it is set again, with a warning", async () => {
    home.house.braiins.boot({ target: 750 });
    await until("a warning", 5, () => alarms().includes("heater/strayed s19"));
    await until("its power", 15, minesFully);
  });

  it("a device lies about its watts: its plug counts, with a warning", async () => {
    home.house.braiins.misbehave({ kind: "lies", factor: 0.5 });
    await until("a warning", 8, () => alarms().includes("heater/watts-differ s19"));
    const { watts, ownWatts, provenance } = heater("s19");
    expect(watts).toBeGreaterThan(1.8 * (ownWatts ?? 0));
    expect(provenance).toBe("metered");
    home.house.braiins.misbehave(undefined);
    await until("it to be over", 10, () => !alarms().includes("heater/watts-differ s19"));
  });

  it("a plug is lost: its miner is stopped, with an alarm, and heats again when the plug is back", async () => {
    await home.house.plugs.s19.suffer("unplugged");
    await until("an alarm", 3, () => alarms().includes("heater/unguarded s19"));
    await until("the miner to stop", 2, () => !home.house.braiins.hashes());
    expect(heater("nano").state).toBe("heating");
    await home.house.plugs.s19.suffer(undefined);
    await until("it to heat again", 15, minesFully);
  });

  it("a sensor is absurd: its room is not heated by it, the other room is", async () => {
    home.house.thermometers.study.say(-127);
    await until("an alarm", 10, () => alarms().includes("sensor/absurd study"));
    await until("the study's heaters to stop", 3, () => home.house.avalon.watts() === 0);
    expect(minesFully()).toBe(true);
    home.house.thermometers.study.say(undefined);
    await until("it to be believed", 5, () => sink("study").sensor === "fresh");
    await until("it to heat again", 20, () => heater("nano").state === "heating");
  });

  it("a sensor is late, then gone: the estimate bridges it for a while, then its heaters stop", async () => {
    home.house.thermometers["living-room"].pause();
    await until("it to be late", 10, () => sink("living-room").sensor === "late");
    expect(minesFully()).toBe(true);
    await until("it to be lost", 60, () => sink("living-room").sensor === "lost");
    expect(alarms()).toContain("sensor/lost living-room");
    await until("the miner to stop", 3, () => !home.house.braiins.hashes());
    home.house.thermometers["living-room"].resume();
    await until("it to heat again", 15, minesFully);
  });

  it("the broker is gone: no room is heated unwatched, no plug stays on; it is back, and all heats", async () => {
    line.cut();
    await until("both sensors to be lost", 60, () =>
      ["living-room", "study"].every((id) => sink(id).sensor === "lost"),
    );
    await until("the heaters to stop", 12, () => {
      const { braiins, avalon, bitaxe } = home.house;
      return !braiins.hashes() && avalon.watts() === 0 && bitaxe.watts() < 6;
    });
    expect(home.house.plugs.nano.plug.isOn()).toBe(false);
    expect(alarms()).toEqual(expect.arrayContaining(["sensor/lost study", "sensor/lost living-room"]));
    line.mend();
    await until("all to heat again", 40, () =>
      ["s19", "nano", "bitaxe"].every((id) => heater(id).state === "heating"),
    );
  });

  it("and the loop itself never failed", () => {
    expect(home.loopFaults).toEqual([]);
  });
});
