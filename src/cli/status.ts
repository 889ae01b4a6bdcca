import type { Command } from "commander";
import { siteRoutes, type SiteView } from "../wire/index.ts";
import { addHearthOptions, hearthOf, type HearthOptions } from "./askHearth.ts";
import { plainWatts } from "./sayPower.ts";
import { say } from "./siteOptions.ts";

export function addStatusCommand(program: Command): void {
  addHearthOptions(program.command("status"))
    .description("Say what the site does now: rooms, heaters, alarms.")
    .action(async (options: HearthOptions) => {
      const site = await hearthOf(options).call(siteRoutes.site, {});
      say(options.json, site, statusLines(site).join("\n"));
    });
}

function statusLines({ name, sinks, heaters, today, alarms, virtual }: SiteView): readonly string[] {
  return [
    `${name}${virtual ? ` (virtual, ${virtual.speed}× as fast)` : ""}: ${today.energyKwh.toFixed(2)} kWh today, ${today.cost.amount.replace(/0{4}$/, "")} ${today.cost.currency}`,
    ...sinks.map(
      (sink) =>
        `  ${sink.id}: ${sink.temperatureC?.toFixed(1) ?? "unknown"} °C, wanted ${sink.comfort.targetC} °C, ${Math.round(sink.heatingWatts)} W of heat`,
    ),
    ...heaters.map((heater) => heaterLine(heater)),
    ...alarms.map(({ level, message }) => `  ${level}: ${message}`),
  ];
}

export const heaterLine = ({
  id,
  state,
  watts,
  setpointWatts,
  reason,
}: SiteView["heaters"][number]): string =>
  `  ${id}: ${state}, ${watts === null ? "unknown watts" : plainWatts(watts)} of ${plainWatts(setpointWatts)} asked; ${reason}`;
