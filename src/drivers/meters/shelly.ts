import { z } from "zod";
import type { DriverDefinition } from "../definition.ts";
import { parseJsonPath } from "../jsonPath.ts";
import type { MeterRow } from "../rows/look.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { type HttpQuestion, httpQuestions } from "../transports/httpQuestions.ts";
import { type Meter, openMeter } from "./meter.ts";

const schema = z.strictObject({
  ...httpDeviceSchema.shape,
  component: z
    .enum(["em1", "em", "pm1", "switch"])
    .default("em1")
    .describe("What meters: em1 a clamp, em three phases together, pm1 or switch what it carries itself"),
  channel: z.int().min(1).max(8).default(1).describe("Which of them, where it has several; the first is 1"),
});
type ShellyMeterConfig = z.output<typeof schema>;

const joulesPerWattHour = 3600;
const at = (path: string) => [parseJsonPath(path) ?? []];

/** Where each component tells its power, with its sign, and what it counted. */
const components = {
  em1: {
    status: "EM1.GetStatus",
    watts: "act_power",
    counter: "EM1Data.GetStatus",
    energy: "total_act_energy",
  },
  em: { status: "EM.GetStatus", watts: "total_act_power", counter: "EMData.GetStatus", energy: "total_act" },
  pm1: { status: "PM1.GetStatus", watts: "apower", counter: undefined, energy: "aenergy.total" },
  switch: { status: "Switch.GetStatus", watts: "apower", counter: undefined, energy: "aenergy.total" },
} as const;

/** Its RPC: https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/EM1 */
export function shellyMeterRow({ component, channel }: ShellyMeterConfig): MeterRow<HttpQuestion> {
  const { status, watts, counter, energy } = components[component];
  const ask = (method: string) => ({ path: `/rpc/${method}?id=${channel - 1}` });
  return {
    look: { status: ask(status), ...(counter === undefined ? {} : { counter: ask(counter) }) },
    watts: { in: "status", paths: at(watts) },
    energy: {
      in: counter === undefined ? "status" : "counter",
      paths: at(energy),
      joules: joulesPerWattHour,
    },
  };
}

/** Shelly's energy meters, plugs and switches of the second generation and later. */
export const shellyMeter: DriverDefinition<Meter, ShellyMeterConfig> = {
  name: "shelly",
  summary: "A Shelly that meters: EM, Pro 3EM, PM, a plug or a switch",
  config: schema,
  open: async (config, context) =>
    openMeter({
      row: shellyMeterRow(config),
      ask: httpQuestions(config, context),
      clock: context.clock,
      close: () => Promise.resolve(),
    }),
};
