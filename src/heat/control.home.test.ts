import { describe, expect, it } from "vitest";
import { Celsius, localDay, seededRandom } from "../domain/index.ts";
import type { PowerSteps } from "./heater.ts";
import { dayAndNight, heaterOf, Home, levels, range, sinkOf, siteOf, traitsOf } from "./home.suite.ts";
import { type Insulation, roomModel } from "./room.ts";

const ticksPerHour = 360;

interface Case {
  readonly name: string;
  readonly steps: readonly PowerSteps[];
  readonly insulation?: Insulation;
  readonly settle?: number;
  /** Switches per hour, at most. */
  readonly switches: number;
  /** Mean error, K, at most. */
  readonly error: number;
}

const cases: readonly Case[] = [
  { name: "one level", steps: [levels(1000)], switches: 7, error: 0.18 },
  { name: "one level, slow to settle", steps: [levels(1000)], settle: 300, switches: 11, error: 0.13 },
  { name: "three levels", steps: [levels(400, 700, 1000)], switches: 1, error: 0.05 },
  { name: "a range", steps: [range(200, 1000, 10)], switches: 0.1, error: 0.04 },
  { name: "a small and a large", steps: [levels(60, 90, 125), levels(900)], switches: 12, error: 0.16 },
  { name: "four alike", steps: [1, 2, 3, 4].map(() => levels(250)), switches: 10, error: 0.06 },
  { name: "poor walls", steps: [range(200, 2500, 10)], insulation: "poor", switches: 0.1, error: 0.06 },
  { name: "good walls", steps: [levels(500)], insulation: "good", switches: 4, error: 0.18 },
];

describe.each(cases)(
  "a room with $name",
  ({ steps, insulation = "average", settle = 0, switches, error }) => {
    it("settles in its band, near its target, and switches its heaters seldom", () => {
      const model = roomModel({ areaM2: 20, insulation });
      const heaters = steps.map((each, index) =>
        heaterOf(`h${index}`, each, { traits: traitsOf(each, settle) }),
      );
      const home = new Home(siteOf(heaters, { sinks: [sinkOf("room", { model })] }), { air: 18, fabric: 18 });
      const random = seededRandom(5);
      home.sense = ({ air }) => Math.round((air + 0.05 * random.normal()) * 10) / 10;
      let [hours, absolute, signed, switched, outside] = [0, 0, 0, 0, 0];
      const running = new Map<string, boolean>();
      home.run(48 * ticksPerHour, ({ decisions }, tick) => {
        home.outdoor = 4 + 4 * Math.sin((2 * Math.PI * tick) / (24 * ticksPerHour));
        for (const { heaterId, setpoint } of decisions) {
          if (tick > 16 * ticksPerHour && running.get(heaterId) !== setpoint.watts > 0) switched++;
          running.set(heaterId, setpoint.watts > 0);
        }
        if (tick < 16 * ticksPerHour) return;
        hours += 1 / ticksPerHour;
        absolute += Math.abs(home.room().air - 20);
        signed += home.room().air - 20;
        if (Math.abs(home.room().air - 20) > 0.4) outside++;
      });
      const ticks = hours * ticksPerHour;
      expect(absolute / ticks).toBeLessThan(error);
      expect(Math.abs(signed / ticks)).toBeLessThan(0.05);
      expect(outside / ticks).toBeLessThan(0.01);
      expect(switched / hours).toBeLessThan(switches);
    });
  },
);

describe("a new target", () => {
  it("is reached without passing it by more than the band", () => {
    const home = new Home(siteOf([heaterOf("h", range(100, 1500, 10))]), { air: 16 });
    home.sense = ({ air }) => air;
    let hottest = 0;
    home.run(12 * ticksPerHour, () => (hottest = Math.max(hottest, home.room().air)));
    expect(hottest).toBeLessThan(20.3);
    expect(home.room().air).toBeGreaterThan(19.8);
  });

  it("is followed by full power at once when it is far, and by none when it is far below", () => {
    const home = new Home(siteOf([heaterOf("h", range(100, 1500, 10))]), { air: 20 });
    home.run(300);
    const away = { kind: "away", targetC: Celsius(16), until: null } as const;
    home.owner = { ...home.owner, overrides: { room: [away] } };
    expect(home.tick().sinks[0]?.wanted).toBe(0);
    home.run(2 * ticksPerHour);
    home.owner = { ...home.owner, overrides: {} };
    expect(home.tick().decisions[0]?.setpoint.watts).toBe(1500);
  });
});

describe("a winter's weeks", () => {
  it.each([
    ["Europe/London", "2026-03-23T00:00:00Z", "2026-03-29"],
    ["Europe/London", "2026-10-19T00:00:00Z", "2026-10-25"],
    ["Australia/Lord_Howe", "2026-03-30T00:00:00Z", "2026-04-05"],
  ])(
    "in %s from %s are comfortable by the wall's clock, through the change of clocks",
    (timezone, start, change) => {
      const format = new Intl.DateTimeFormat("en-GB", {
        timeZone: timezone,
        hour: "2-digit",
        minute: "2-digit",
      });
      const steps = range(200, 2000, 10);
      const home = new Home(
        siteOf([heaterOf("h", steps)], { timezone, sinks: [sinkOf("room", { comfort: dayAndNight })] }),
        { start, air: 19, fabric: 19 },
      );
      const random = seededRandom(11);
      home.sense = ({ air }) => air + 0.1 * random.normal();
      let [cold, comfortable, heatedAtNight, lastDay] = [0, 0, 0, 0];
      home.run(10 * 24 * ticksPerHour, ({ sinks }, tick) => {
        home.outdoor = 6 + 4 * Math.sin((2 * Math.PI * tick) / (24 * ticksPerHour));
        if (tick % 6 !== 0) return;
        const time = format.format(home.wall);
        const wanted = time >= "06:30" && time < "22:00" ? 21 : 17;
        expect([time, sinks[0]?.comfort.target]).toEqual([time, wanted]);
        if (time >= "10:00" && time < "22:00") {
          comfortable++;
          if (home.room().air < 20.6) cold++;
        }
        if (time >= "22:10" && home.room().air > 18.5 && home.device("h").watts > 100) heatedAtNight++;
        lastDay = localDay(timezone, sinks[0]?.comfort.until ?? (0 as never));
      });
      expect(cold / comfortable).toBeLessThan(0.02);
      expect(heatedAtNight).toBe(0);
      expect(lastDay * 86_400_000).toBeGreaterThan(Date.parse(change));
    },
  );
});
