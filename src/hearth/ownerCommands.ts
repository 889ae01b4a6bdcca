import { HearthworkError, HeaterId, type Instant, Watts } from "../domain/index.ts";
import {
  type ComfortOverride,
  type ControlConfig,
  type HeaterTraits,
  type OwnerWishes,
  powerProblem,
  targetRange,
  type TrialWish,
} from "../heat/index.ts";
import type { PowerRequest } from "../wire/index.ts";
import { endOf, iso, outranked, overrideOf, wordsOf } from "./apiViews.ts";
import { requireKnown } from "./requireKnown.ts";
import type { SiteService } from "./siteService.ts";

export type OwnerCommands = Pick<
  SiteService,
  | "setOverride"
  | "clearOverride"
  | "stopHeater"
  | "resumeHeater"
  | "tryHeater"
  | "trustHeater"
  | "setPower"
  | "clearPower"
>;

export interface OwnerCommandsOptions {
  /** As the site is set up now. */
  readonly control: () => ControlConfig;
  readonly now: () => Instant;
  /** Changes the owner's wishes, acts on them at once, and resolves when both are recorded. */
  readonly command: (
    subject: string,
    message: string,
    change: (owner: OwnerWishes) => OwnerWishes,
  ) => Promise<void>;
}

/** What an owner may ask of a site, as changes of wishes. Names that are not there are refused. */
export function ownerCommands({ control, now, command }: OwnerCommandsOptions): OwnerCommands {
  const override = async (
    sinkId: string,
    message: string,
    next: (before: readonly ComfortOverride[]) => readonly ComfortOverride[],
  ) => {
    requireKnown(control().sinks, sinkId, "sink");
    await command(sinkId, message, (owner) => ({
      ...owner,
      overrides: { ...owner.overrides, [sinkId]: next(owner.overrides[sinkId] ?? []) },
    }));
  };
  const stopped = async (heaterId: string, isStopped: boolean) => {
    requireKnown(control().heaters, heaterId, "heater");
    await command(heaterId, isStopped ? "stopped by you" : "resumed by you", (owner) => {
      const others = owner.stoppedHeaters.filter((id) => id !== heaterId);
      return { ...owner, stoppedHeaters: isStopped ? [...others, HeaterId(heaterId)] : others };
    });
  };
  const tried = async (heaterId: string, message: string, wish: TrialWish) => {
    requireKnown(control().heaters, heaterId, "heater");
    await command(heaterId, message, (owner) => ({
      ...owner,
      trials: { ...owner.trials, [heaterId]: wish },
    }));
  };
  return {
    setOverride: async (sinkId, request) => {
      requireKnown(control().sinks, sinkId, "sink");
      const wanted = overrideOf(request, now(), targetsOf(control(), sinkId));
      await override(sinkId, wordsOf(request), (before) => outranked(before, wanted));
    },
    clearOverride: (sinkId) => override(sinkId, "back to the schedule", () => []),
    stopHeater: (heaterId) => stopped(heaterId, true),
    resumeHeater: (heaterId) => stopped(heaterId, false),
    tryHeater: (heaterId) => tried(heaterId, "its powers are to be tried, by you", "start"),
    trustHeater: (heaterId) => tried(heaterId, "trusted without a trial, by you", "skip"),
    async setPower(heaterId, request) {
      const { traits } = requireKnown(control().heaters, heaterId, "heater");
      const wish = powerOf(request, now(), traits);
      await command(heaterId, `run at ${wish.watts} W until ${iso(wish.until)}, by you`, (owner) => ({
        ...owner,
        powers: { ...owner.powers, [heaterId]: wish },
      }));
    },
    async clearPower(heaterId) {
      requireKnown(control().heaters, heaterId, "heater");
      await command(heaterId, "power back to the thermostat", ({ powers, ...owner }) => {
        const { [heaterId]: _ended, ...others } = powers;
        return { ...owner, powers: others };
      });
    },
  };
}

function powerOf({ watts, until }: PowerRequest, now: Instant, traits: HeaterTraits) {
  const problem = powerProblem(traits, watts);
  if (problem !== undefined) throw new HearthworkError({ code: "api/bad-request", message: problem });
  return { watts: Watts(watts), until: endOf(until, now) };
}

/** Between which temperatures the owner may choose. */
const targetsOf = ({ sinks }: ControlConfig, sinkId: string) =>
  targetRange(requireKnown(sinks, sinkId, "sink"));
