import { describe, expect, it } from "vitest";
import type { SiteEvent } from "../domain/index.ts";
import { heated, type Home } from "./home.suite.ts";

const told = (home: Home, ticks: number): readonly Pick<SiteEvent, "code" | "message">[] => {
  const events: SiteEvent[] = [];
  home.run(ticks, (output) => events.push(...output.events));
  return events;
};
const open = (home: Home) => home.tick().alarms.map(({ code }) => code);

describe("what was wrong before a restart", () => {
  it("with a heater is not told as over before it is asked, and is once it answers without it", () => {
    const home = heated({}, {}, 17);
    const miner = home.device("miner");
    miner.faults = ["no pool answers"];
    expect(told(home, 3).map(({ code }) => code)).toEqual(["heater/fault"]);
    home.restart(20);
    miner.answers = false;
    expect([told(home, 3), open(home)]).toEqual([[], ["heater/fault"]]);
    miner.answers = true;
    expect([told(home, 3), open(home)]).toEqual([[], ["heater/fault"]]);
    miner.faults = [];
    expect(told(home, 3)).toEqual([
      expect.objectContaining({ code: "heater/fault-cleared", message: "Over: miner: no pool answers" }),
    ]);
  });

  it("since a heater did not answer lasts, without a second word, until it does", () => {
    const home = heated({}, {}, 17);
    home.device("miner").answers = false;
    home.run(10);
    const before = open(home);
    expect(before).toHaveLength(1);
    home.restart(20);
    expect([told(home, 20), open(home)]).toEqual([[], before]);
    home.device("miner").answers = true;
    expect(told(home, 2).map(({ code }) => code)).toContain(`${before[0] ?? ""}-cleared`);
  });

  it("with a sensor is not told as over before it speaks, and is when it speaks well", () => {
    const home = heated({}, {}, 19);
    home.run(5);
    home.sense = () => -25;
    expect(told(home, 5).map(({ code }) => code)).toEqual(["sensor/absurd"]);
    home.restart(20);
    home.sense = () => undefined;
    expect([told(home, 3), open(home)]).toEqual([[], ["sensor/absurd"]]);
    home.sense = ({ air }) => air;
    expect(told(home, 3)).toEqual([expect.objectContaining({ code: "sensor/absurd-cleared" })]);
  });
});
