import { z } from "zod";
import { parseJsonPath } from "../../jsonPath.ts";
import type { SensorDefinition } from "../../definition.ts";
import { httpDeviceSchema } from "../../transports/httpAddress.ts";
import { everySeconds } from "../http/config.ts";
import { askingSensor } from "../http/driver.ts";

const schema = z.strictObject({
  ...httpDeviceSchema.shape,
  sensor: z
    .int()
    .min(0)
    .max(999)
    .default(100)
    .describe("Its number: 100 and up on an add-on, 0 where it is the device's own"),
  everySeconds,
});

/**
 * A temperature of a Shelly of the second generation and later that has mains power: an add-on's probe, or a
 * thermometer's own. https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Temperature
 */
export const shellySensor: SensorDefinition<z.output<typeof schema>> = {
  name: "shelly",
  summary: "A temperature of a Shelly with mains power: an add-on's probe, or its own",
  config: schema,
  open: async ({ sensor, ...device }, context) =>
    askingSensor(
      {
        ...device,
        get: `/rpc/Temperature.GetStatus?id=${sensor}`,
        path: parseJsonPath("tC") ?? [],
        unit: "°C",
      },
      context,
    ),
};
