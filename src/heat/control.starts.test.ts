import { describe, expect, it } from "vitest";
import { Celsius, Seconds } from "../domain/index.ts";
import { asks, codes, heated, type Home, says } from "./home.suite.ts";

const eager = { minOn: Seconds(0), minOff: Seconds(0) };

/** The owner leaves home and comes back each minute. */
function chatter(home: Home, minutes: number): { starts: number; codes: string[] } {
  let [starts, before] = [0, asks(home.tick()) ?? 0];
  const seen: string[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    const away = { kind: "away", targetC: Celsius(10), until: null } as const;
    home.owner = { ...home.owner, overrides: minute % 2 === 0 ? { room: [away] } : {} };
    home.run(6, (output) => {
      seen.push(...codes(output));
      if (before === 0 && (asks(output) ?? 0) > 0) starts++;
      before = asks(output) ?? 0;
    });
  }
  return { starts, codes: seen };
}

/** The device reboots by itself: it idles for two rounds. */
function reboot(home: Home): void {
  home.device("miner").drawsInstead = 5;
  home.run(2);
  home.device("miner").drawsInstead = undefined;
  home.run(2);
}

describe("how often a heater starts", () => {
  it("is limited within any hour, and the reason is told", () => {
    const home = heated({}, { ...eager, maxStartsPerHour: 3 });
    const first = chatter(home, 30);
    expect(first).toEqual({ starts: 2, codes: [] });
    home.owner = { ...home.owner, overrides: {} };
    const output = home.tick();
    expect([asks(output), output.decisions[0]?.cause]).toEqual([0, "flapping"]);
    expect(says(output)).toMatch(/^off: was started 3 times within an hour, rests another \d\d min$/);
    expect(asks(home.run(180))).toBe(90);
  });

  it("counts on over a restart of the hearth", () => {
    const home = heated({}, { ...eager, maxStartsPerHour: 3 });
    chatter(home, 30);
    home.restart(600);
    home.owner = { ...home.owner, overrides: {} };
    home.run(30);
    expect([asks(home.tick()), says(home.tick())]).toEqual([
      0,
      expect.stringMatching(/^off: was started 3 times within an hour/),
    ]);
  });

  it("counts what the device does by itself, stops it when it is too much, and tells", () => {
    const home = heated({}, { ...eager, maxStartsPerHour: 3 }, 18);
    reboot(home);
    reboot(home);
    expect([asks(home.tick()), home.tick().alarms]).toEqual([90, []]);
    reboot(home);
    const output = home.tick();
    expect(output.alarms.map(({ code }) => code)).toEqual(["heater/flapping"]);
    expect(output.decisions[0]).toMatchObject({ cause: "flapping", urgent: false, setpoint: { watts: 0 } });
    expect(output.heaters[0]?.state).toBe("fault");
    const later = home.run(380);
    expect([later.alarms, asks(later)]).toEqual([[], 90]);
  });

  it("does not count what was awaited, a heater found running, or a silence", () => {
    const home = heated({}, { ...eager, maxStartsPerHour: 1 }, 18);
    home.device("miner").answers = false;
    home.run(4);
    home.device("miner").answers = true;
    home.run(4);
    home.restart(20);
    const output = home.run(20);
    expect([asks(output), output.alarms, output.state.heaters["miner"]?.starts.ages.length]).toEqual([
      90,
      [],
      1,
    ]);
  });
});
