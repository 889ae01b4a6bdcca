import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../domain/index.ts";
import { siteConfigSchema } from "./siteConfig.ts";
import { parseYaml } from "./yamlFile.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
/** The example's home with another heater. */
const read = (heater: string) =>
  parseYaml(
    `${example.slice(0, example.indexOf("heaters:"))}heaters:\n  - { id: heatbit, sink: living-room, ${heater} }\n`,
    "hearth.yaml",
    siteConfigSchema,
  );
const complaint = (heater: string) => {
  try {
    return `accepted: ${JSON.stringify(read(heater).heaters)}`;
  } catch (thrown) {
    return messageOf(thrown);
  }
};

it("a heater's meter in hearth.yaml is read, and refused where it is none", () => {
  const meter = (keys: string) =>
    `driver: braiins, address: 192.168.1.20, minWatts: 800, maxWatts: 3000, unattendedWatts: 800, heatShare: 0.2, meter: { ${keys} }`;
  const [heater] = read(meter("driver: shelly, address: 192.168.1.41, channel: 2")).heaters;
  expect(heater?.ours.meter).toMatchObject({
    definition: { name: "shelly" },
    driverConfig: { component: "em1", channel: 2 },
  });
  expect(complaint(meter("driver: ferraris"))).toContain(
    "heaters[0].meter.driver: must be one of shelly, tasmota, tasmota-http, json-http, json-mqtt",
  );
});

describe("a contact that lets a heat pump run, in hearth.yaml", () => {
  const contact = "plug: { driver: shelly-gen2, address: 192.168.1.40, ratedWatts: 10, switches: contact }";
  const meter = "meter: { driver: shelly, address: 192.168.1.41 }";

  it("is read with the meter of the pump, whose power it does not carry", () => {
    const [heater] = read(`driver: heat-pump, onWatts: 1800, idleWatts: 15, ${contact}, ${meter}`).heaters;
    expect(heater?.definition.refusals?.(heater.driverConfig)).toEqual([]);
    expect(heater?.definition.traits(heater.driverConfig)).toMatchObject({ maxWatts: 1800, idleWatts: 15 });
  });

  it.each([
    ["without a meter", `driver: heat-pump, onWatts: 1800, ${contact}`, "heaters[0].meter: is missing"],
    [
      "of what can be spoken to",
      `driver: braiins, address: 192.168.1.20, minWatts: 800, maxWatts: 3000, ${contact}, ${meter}`,
      "heaters[0].plug: switches a contact: only a backup",
    ],
    [
      "that switches its power, with a meter beside",
      `driver: heat-pump, onWatts: 800, plug: { driver: shelly-gen2, address: a.b, ratedWatts: 2500 }, ${meter}`,
      "heaters[0].meter: is not needed",
    ],
  ])("is refused %s", (_, heater, expected) => {
    expect(complaint(heater)).toContain(expected);
  });
});

describe("a heater's plug in hearth.yaml", () => {
  it("is read with what it leaves out", () => {
    const [heater] = read(
      "driver: plug, onWatts: 400, plug: { driver: shelly-gen2, address: 192.168.1.40, ratedWatts: 2500 }",
    ).heaters;
    expect(heater?.driverConfig).toEqual({ onWatts: 400, settleSeconds: 60 });
    expect(heater?.ours.plug).toMatchObject({
      ours: { ratedWatts: 2500, timerSeconds: 180, cutWhenIdle: false, bootSeconds: 120, pauseSeconds: 60 },
      definition: { name: "shelly-gen2" },
      driverConfig: { socket: 1 },
    });
  });

  it.each([
    [
      "of a kind that is none",
      "driver: plug, onWatts: 400, plug: { driver: fritz, ratedWatts: 9 }",
      "heaters[0].plug.driver: must be one of shelly-gen2, tasmota, tasmota-http, json-http, json-mqtt",
    ],
    [
      "without its rating",
      "driver: plug, onWatts: 400, plug: { driver: shelly-gen2, address: a.b }",
      "heaters[0].plug.ratedWatts: is missing",
    ],
    [
      "with a key that is none",
      "driver: plug, onWatts: 400, plug: { driver: tasmota-http, address: a.b, ratedWatts: 9, timer: 9 }",
      "heaters[0].plug.timer: is no key; allowed here: address, credentials, socket, ratedWatts, timerSeconds",
    ],
    [
      "whose timer is too long to guard",
      "driver: plug, onWatts: 400, plug: { driver: tasmota-http, address: a.b, ratedWatts: 9, timerSeconds: 3600 }",
      "heaters[0].plug.timerSeconds: must be at most 900",
    ],
    [
      "that has no off-timer",
      "driver: plug, onWatts: 400, plug: { driver: json-http, address: a.b, ratedWatts: 9, on: {ask: /a}, watts: {ask: /a}, arm: [/on], cut: [/off], powerOn: {ask: /p, off: 0, set: [/p0]} }",
      "heaters[0].plug.arm: must hold {seconds}: its off-timer",
    ],
    [
      "with a meter beside it",
      "driver: plug, onWatts: 400, plug: { driver: tasmota-http, address: a.b, ratedWatts: 900 }, meter: { driver: shelly, address: a.c }",
      "heaters[0].meter: is not needed: the plug meters",
    ],
    [
      "that is not there",
      "driver: plug, onWatts: 400",
      "heaters[0].plug: is missing: the plug that the device hangs on",
    ],
  ])("is refused %s", (_, heater, message) => {
    expect(complaint(heater)).toContain(message);
  });
});
