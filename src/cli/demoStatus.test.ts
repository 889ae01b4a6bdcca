import { expect, it } from "vitest";
import type { SiteView } from "../wire/index.ts";
import { demoStatus } from "./demoStatus.ts";

const room = (name: string, temperatureC: number | null) => ({
  name,
  temperatureC,
  comfort: { targetC: 20.5 },
});
const home = {
  now: "2026-01-15T06:30:00.000Z",
  timezone: "Europe/Berlin",
  virtual: { speed: 60 },
  sinks: [room("Living room", 19.84), room("Study", null)],
  heaters: [
    { driver: "braiins", watts: 1210.4, hashesPerSecond: 5e13 },
    { driver: "this-computer", watts: 30.3, hashesPerSecond: 4_020_000 },
    { driver: "avalon", watts: null, hashesPerSecond: null },
  ],
} as unknown as SiteView;

it("tells each room, all the power and the hashes that are real within a line of 80 columns", () => {
  const line = demoStatus(home);
  expect(line).toBe("07:30 60× · Living room 19.8/20.5 °C · Study —/20.5 °C · 1241 W · 4.0 MH/s real");
  expect(line.length).toBeLessThan(80);
});
