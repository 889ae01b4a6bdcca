import { Seconds } from "../../../domain/index.ts";
import { connectBroker, credentialsNamed } from "../../../drivers/index.ts";
import type { ControlConfig } from "../../../heat/index.ts";
import type { SiteView } from "../../../wire/index.ts";
import type { HomeAssistantConfig } from "../../config/outletsConfig.ts";
import type { Outlet, OutletContext } from "../outlet.ts";
import { carryOut, type CommandedSite } from "./carryOut.ts";
import { devicesOf } from "./devices.ts";
import { discoveryOf } from "./discovery.ts";
import { listenForCommands, onBirth } from "./listen.ts";
import { type DeviceName, namesOf } from "./names.ts";
import type { Places } from "./places.ts";
import { planOf, type PresetPlan } from "./presets.ts";
import { publication } from "./publication.ts";
import { statesOf } from "./states.ts";

export interface HomeAssistantOptions {
  readonly config: HomeAssistantConfig;
  readonly site: CommandedSite;
  /** What is in force; its sinks and heaters stay the same ones. */
  control(): Pick<ControlConfig, "sinks" | "heaters">;
  readonly context: OutletContext;
  readonly places: Places;
}

export interface HomeAssistant extends Outlet {
  /** Publishes all of it again. */
  again(): void;
}

/** The site in Home Assistant, by MQTT discovery: what there is, its values, and what may be set. */
export function openHomeAssistant(options: HomeAssistantOptions): HomeAssistant {
  const { config, context, site } = options;
  const { credentials, form } = config;
  const names = namesOf(config);
  const planFor = (sinkId: string): PresetPlan | undefined => {
    const sink = options.control().sinks.find(({ id }) => id === sinkId);
    return sink && planOf(sink.comfort, config.presets);
  };
  const connection = connectBroker(config, {
    clock: context.clock,
    random: context.random,
    login: () => (credentials === undefined ? undefined : credentialsNamed(context, credentials)),
    will: { topic: names.status, payload: "offline" },
    onUp: () => published.again(),
  });
  const published = publication(config, connection, options.places);
  onBirth(connection, names, context.clock, () => published.again());
  const desk = listenForCommands({
    connection,
    names,
    context,
    devices: [...devicesIn(options.control())],
    carryOut: (device, command) =>
      carryOut(site, device, command, {
        presets: device.kind === "sink" ? planFor(device.id) : undefined,
        powerFor: Seconds(config.powerHours * 3600),
      }),
  });

  const describe = (view: SiteView) =>
    devicesOf(view, names)
      .flatMap((device) => [...discoveryOf(device, { names, form, version: context.version })])
      .map(([topic, config]) => [topic, JSON.stringify(config)] as const);
  const statesIn = (view: SiteView) => new Map([[names.status, "online"], ...statesOf(view, names, planFor)]);
  let newest: ReadonlyMap<string, string>;
  let begun: "no" | "begins" | "yes" = "no";

  async function begin(view: SiteView): Promise<void> {
    begun = "begins";
    await published.begin(new Map(describe(view)), [...newest.keys()]);
    begun = "yes";
    published.show(newest);
  }

  return {
    name: "home-assistant",
    update(view) {
      newest = statesIn(view);
      if (begun === "yes") published.show(newest);
      else if (begun === "no") void begin(view);
    },
    again: () => published.again(),
    trouble: () => connection.trouble(),
    async close() {
      await Promise.all([desk.close(), connection.close()]);
    },
  };
}

function* devicesIn({ sinks, heaters }: Pick<ControlConfig, "sinks" | "heaters">): Generator<DeviceName> {
  for (const { id } of sinks) yield { kind: "sink", id };
  for (const { id } of heaters) yield { kind: "heater", id };
}
