import { describe, expect, it } from "vitest";
import { firstConfigOf } from "./firstConfig.ts";

describe("the first configuration", () => {
  const first = firstConfigOf({
    site: {
      timezone: "Europe/Berlin",
      feeder: { maxWatts: 3000 },
      tariff: { currency: "EUR", perKwh: "0.31" },
    },
    room: {
      name: "Living room",
      areaM2: 22,
      sensor: { driver: "mqtt", broker: "mqtt://127.0.0.1", topic: "living-room" },
    },
    heater: {
      name: "This computer",
      driver: "this-computer",
      idleWatts: 5,
      fullWatts: 90,
      pools: [{ url: "stratum+tcp://127.0.0.1:3333", user: "me" }],
    },
  });

  it("names the room and the heater by what they are called", () => {
    expect(first.sinks[0]).toMatchObject({ id: "living-room", name: "Living room", model: { areaM2: 22 } });
    expect(first.heaters[0]).toMatchObject({ id: "this-computer", sink: "living-room" });
  });
});
