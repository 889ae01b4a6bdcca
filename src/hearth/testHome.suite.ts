import { readFileSync } from "node:fs";
import { Celsius, type Clock, Instant, Seconds, Watts } from "../domain/index.ts";
import type { HeaterDefinition, SensorDefinition } from "../drivers/index.ts";
import type { HeaterDriver, HeaterReading, HeaterTraits } from "../heat/index.ts";
import { type SiteConfig, siteConfigSchema } from "./config/siteConfig.ts";
import { parseYaml } from "./config/yamlFile.ts";

const example = readFileSync(new URL("../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");

export type TestPlug = NonNullable<SiteConfig["heaters"][number]["ours"]["plug"]>;

const traits: HeaterTraits = {
  steps: { mining: { kind: "levels", watts: [Watts(300), Watts(600)] } },
  idleWatts: Watts(5),
  maxWatts: Watts(600),
  powerReturnWatts: Watts(5),
  canStop: true,
  stopSurvivesRestart: true,
  settle: Seconds(10),
  change: "live",
  provenance: "reported",
  safeState: { description: "stops", guard: { by: "device-watchdog", within: Seconds(5) } },
};

/** Heaters and thermometers in memory that note what is done to them, in one list: `s19 apply 600`. */
export function testHome(clock: Clock) {
  const told: string[] = [];
  const watts = new Map<string, number>();
  const room = { value: 18 };
  /** By entry: never settles, or rejects at once. */
  const closing = new Map<string, Promise<void>>();
  const broken = new Set<string>();

  const heater: HeaterDefinition = {
    name: "test",
    summary: "a heater in memory",
    config: siteConfigSchema,
    traits: () => traits,
    async open(config) {
      const name = typeof config === "string" ? config : "another";
      told.push(`${name} open`);
      if (broken.has(name)) throw new Error(`${name} cannot be opened`);
      const reading = (): HeaterReading => ({
        at: clock.now(),
        watts: Watts(watts.get(name) ?? 5),
        provenance: "reported",
        workload: (watts.get(name) ?? 0) > 5 ? "mining" : "idle",
        temperature: Celsius(40),
        faults: [],
      });
      const driver: HeaterDriver = {
        traits,
        read: async () => reading(),
        async apply(setpoint) {
          told.push(`${name} apply ${setpoint.watts}`);
          watts.set(name, setpoint.workload === "idle" ? 5 : setpoint.watts);
          return { outcome: "applied", reading: reading() };
        },
        async close() {
          told.push(`${name} close`);
          await closing.get(name);
          watts.set(name, 5);
          told.push(`${name} closed`);
        },
        leave: async () => void told.push(`${name} leave`),
      };
      return driver;
    },
  };
  const sensor: SensorDefinition = {
    name: "test",
    summary: "a thermometer in memory",
    config: siteConfigSchema,
    async open(config) {
      told.push(`${String(config)} open`);
      return {
        latest: () => (config === "mute" ? undefined : { at: clock.now(), value: room.value }),
        drain: () => [],
        trouble: () => undefined,
        close: async () => void told.push(`${String(config)} close`),
      };
    },
  };

  /** The guide's room with these heaters; a heater is a device by its name, under an id. */
  function config(
    heaters: Readonly<Record<string, unknown>>,
    thermometer = "thermometer",
    plug?: TestPlug,
  ): SiteConfig {
    const written = parseYaml(example, "hearth.yaml", siteConfigSchema);
    const [sink] = written.sinks;
    const [first] = written.heaters;
    if (!sink || !first) throw new Error("the guide's example has no room or no heater");
    return {
      ...written,
      sinks: [{ ...sink, sensor: { ...sink.sensor, definition: sensor, driverConfig: thermometer } }],
      heaters: Object.entries(heaters).map(([id, device]) => ({
        ours: {
          ...first.ours,
          id: id as never,
          ...(plug ? { plug } : {}),
          minOnMinutes: Seconds(0),
          minOffMinutes: Seconds(0),
        },
        definition: heater,
        driverConfig: device,
      })),
    };
  }
  return { told, watts, room, closing, broken, config };
}

export const noon = Instant(Date.UTC(2026, 0, 14, 12));
