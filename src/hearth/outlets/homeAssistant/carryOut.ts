import { Instant, plus, type Seconds } from "../../../domain/index.ts";
import type { SiteService } from "../../siteService.ts";
import type { Command } from "./command.ts";
import type { DeviceName } from "./names.ts";
import { isOff, overrideOfOff, overrideOfPreset, type PresetPlan, presetOf } from "./presets.ts";

/** The part of a site that Home Assistant may move: what the owner may by the API, with the same limits. */
export type CommandedSite = Pick<
  SiteService,
  "view" | "setOverride" | "clearOverride" | "stopHeater" | "resumeHeater" | "setPower" | "clearPower"
>;

/** What a command leaves open. */
export interface WishPlan {
  /** Of the room that it is about. */
  readonly presets: PresetPlan | undefined;
  /** How long a power is held that was asked for. */
  readonly powerFor: Seconds;
}

/**
 * Does what a command says; what is so already is not done again.
 * @throws {HearthworkError} what the site says to it, as `api/bad-request` for a temperature outside the limits
 */
export async function carryOut(
  site: CommandedSite,
  device: DeviceName,
  command: Command,
  wishes: WishPlan,
): Promise<void> {
  if (device.kind === "heater") await drive(site, device.id, command, wishes.powerFor);
  if (device.kind === "sink" && wishes.presets) await set(site, device.id, command, wishes.presets);
}

async function drive(site: CommandedSite, id: string, command: Command, powerFor: Seconds): Promise<void> {
  const { heaters, now } = site.view();
  const heater = heaters.find((one) => one.id === id);
  if (!heater) return;
  const { stoppedByOwner, ownerPower } = heater;
  if (command.kind === "run") {
    if (stoppedByOwner !== command.on) return;
    await (command.on ? site.resumeHeater(id) : site.stopHeater(id));
  }
  if (command.kind === "power") {
    const until = new Date(plus(Instant(Date.parse(now)), powerFor)).toISOString();
    await site.setPower(id, { watts: command.watts, until });
  }
  if (command.kind === "thermostat" && ownerPower) await site.clearPower(id);
}

async function set(site: CommandedSite, id: string, command: Command, plan: PresetPlan): Promise<void> {
  const { sinks, now } = site.view();
  const comfort = sinks.find((sink) => sink.id === id)?.comfort;
  if (!comfort) return;
  const { source, targetC } = comfort;
  if (command.kind === "temperature") {
    if (targetC === command.targetC && source !== "away") return;
    await site.setOverride(id, { kind: "hold", targetC: command.targetC });
  }
  if (command.kind === "mode") {
    if (isOff(comfort) === (command.mode === "off")) return;
    await (command.mode === "heat" ? site.clearOverride(id) : site.setOverride(id, overrideOfOff(comfort)));
  }
  if (command.kind === "preset" && command.preset === "none") {
    if (source === "schedule" || source === "set-back") return;
    await site.clearOverride(id);
  } else if (command.kind === "preset" && command.preset !== "none") {
    if (presetOf(comfort, plan) === command.preset) return;
    await site.setOverride(id, overrideOfPreset(command.preset, plan, comfort, now));
  }
}
