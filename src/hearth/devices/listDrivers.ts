import { z } from "zod";
import { heaterDrivers, meterDrivers, plugDrivers, plugKeys, sensorDrivers } from "../../drivers/index.ts";
import type { DriverList, DriverView } from "../../wire/index.ts";
import { exchangeSchema } from "../config/exchangeConfig.ts";
import { roomSchema, sensorKeys } from "../config/sinkConfig.ts";
import { heaterKeys, siteSchema } from "../config/siteConfig.ts";
import { fieldsOf } from "./fieldsOf.ts";

const tables = {
  heater: heaterDrivers,
  sensor: sensorDrivers,
  plug: plugDrivers,
  meter: meterDrivers,
} as const;

/** The kinds of devices that hearth.yaml can name, and the keys of each. */
export function listDrivers(): DriverList {
  const drivers = (["heater", "sensor", "plug", "meter"] as const).flatMap((kind) =>
    Object.values(tables[kind]).map(({ name, summary, config }): DriverView => ({
      name,
      kind,
      summary,
      fields: fieldsOf(config),
    })),
  );
  return {
    drivers,
    common: {
      site: fieldsOf(siteSchema),
      exchange: fieldsOf(exchangeSchema),
      sink: fieldsOf(roomSchema.omit({ sensor: true })),
      sensor: fieldsOf(z.object(sensorKeys)),
      heater: fieldsOf(z.object(heaterKeys).omit({ plug: true })),
      plug: fieldsOf(z.object(plugKeys)),
    },
  };
}
