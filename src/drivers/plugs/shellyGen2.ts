import { z } from "zod";
import { parseJsonPath } from "../jsonPath.ts";
import { httpDeviceSchema } from "../transports/httpAddress.ts";
import { type HttpQuestion, httpQuestions } from "../transports/httpQuestions.ts";
import { type PlugDefinition, socketSchema } from "./definition.ts";
import { openPlug } from "./openPlug.ts";
import type { PlugRow } from "./plugRow.ts";

const schema = z.strictObject({ ...httpDeviceSchema.shape, socket: socketSchema });

const joulesPerWattHour = 3600;
/** Switched on by hand it is off again after so long, s. */
const byHandFor = 300;
const at = (path: string) => [parseJsonPath(path) ?? []];

/** Its RPC: https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Switch */
export function shellyRow(socket: number): PlugRow<HttpQuestion> {
  const id = socket - 1;
  const config = { initial_state: "off", auto_off: true, auto_off_delay: byHandFor };
  return {
    look: { status: { path: `/rpc/Switch.GetStatus?id=${id}` } },
    on: { in: "status", paths: at("output") },
    watts: { in: "status", paths: at("apower") },
    energy: { in: "status", paths: at("aenergy.total"), joules: joulesPerWattHour },
    timer: { in: "status", paths: at("timer_duration"), unit: "seconds" },
    arm: (seconds) => [{ path: `/rpc/Switch.Set?id=${id}&on=true&toggle_after=${seconds}` }],
    cut: [{ path: `/rpc/Switch.Set?id=${id}&on=false` }],
    settings: {
      ask: { path: `/rpc/Switch.GetConfig?id=${id}` },
      safe: [
        { paths: at("initial_state"), is: "off" },
        { paths: at("auto_off"), is: true },
      ],
      set: [{ method: "POST", path: "/rpc/Switch.SetConfig", body: { id, config } }],
    },
  };
}

/** Shelly plugs and switches with a meter, of the second generation and later: Plus, Pro, Gen3, Gen4. */
export const shellyGen2: PlugDefinition<z.output<typeof schema>> = {
  name: "shelly-gen2",
  summary: "A Shelly plug or switch with a meter: Plus, Pro, Gen3, Gen4",
  config: schema,
  open: ({ socket, ...device }, context) =>
    Promise.resolve(
      openPlug({
        row: shellyRow(socket),
        ask: httpQuestions(device, context),
        clock: context.clock,
        close: () => Promise.resolve(),
      }),
    ),
};
