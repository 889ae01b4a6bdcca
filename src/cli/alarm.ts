import type { Command } from "commander";
import { HearthworkError } from "../domain/index.ts";
import { runningHearth } from "../hearth/index.ts";
import { outletRoutes } from "../wire/index.ts";
import { addDataOptions, type DataOptions, say } from "./siteOptions.ts";

export function addAlarmCommand(program: Command): void {
  const alarm = program.command("alarm").description("Alarms that leave the house over MQTT and by webhook.");
  addDataOptions(alarm.command("test"))
    .description("Let the hearth that runs send a test on each way, and say what came of it.")
    .action(async ({ data, json }: DataOptions) => {
      const hearth = runningHearth(data);
      if (!hearth) {
        throw new HearthworkError({
          code: "hearth/not-running",
          message: `no hearth runs on ${data}; start one with hearthwork hearth, or name its data with --data DIR`,
        });
      }
      const outcome = await hearth.call(outletRoutes.testAlarms, {});
      const lines = outcome.ways.map(({ name, trouble }) => `${name}: ${trouble ?? "the test has arrived"}`);
      say(json, outcome, lines.join("\n"));
      if (outcome.ways.length === 0) {
        throw undelivered("no alarm leaves the house; hearth.yaml has no way for that in a section alarms");
      }
      const failed = outcome.ways.filter(({ trouble }) => trouble !== null);
      if (failed.length > 0) {
        throw undelivered(`the test did not arrive by ${failed.map(({ name }) => name).join(" and ")}`);
      }
    });
}

const undelivered = (message: string) => new HearthworkError({ code: "alarm/undelivered", message });
