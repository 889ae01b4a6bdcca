import type { HeaterDefinition } from "../../drivers/index.ts";
import { type PowerSteps, type SiteProblem, siteProblems, type SiteSafety } from "../../heat/index.ts";

/** What makes a site unsafe, and the key that would mend it. */
export interface Hazard {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface HeaterEntry {
  readonly ours: Omit<SiteSafety["heaters"][number], "traits" | "minOn"> & {
    readonly minOnMinutes: SiteSafety["heaters"][number]["minOn"];
    readonly plug?: { readonly definition: { readonly name: string } } | undefined;
  };
  readonly definition: HeaterDefinition;
  readonly driverConfig: unknown;
}

/** As much of a configuration as its safety follows from. */
interface ConfiguredSite {
  readonly site: Pick<SiteSafety, "feeder">;
  readonly sinks: SiteSafety["sinks"];
  readonly heaters: readonly HeaterEntry[];
}

/**
 * Why a site must not run: a heater that nobody makes safe or whose plug is too weak, or heaters that are not safe
 * together. All of it follows from the configuration alone; no device is asked.
 */
export function hazardsOf({ site, sinks, heaters }: ConfiguredSite): readonly Hazard[] {
  const refused = heaters.flatMap((heater, index) => refusalsOf(heater, index));
  if (refused.length > 0) return refused;
  const problems = siteProblems({
    feeder: site.feeder,
    sinks,
    heaters: heaters.map(({ ours: { id, sink, heatShare, minOnMinutes }, definition, driverConfig }) => ({
      id,
      sink,
      heatShare,
      minOn: minOnMinutes,
      traits: definition.traits(driverConfig),
    })),
  });
  return problems.map((problem) => ({ path: pathOf(problem, heaters, sinks), message: problem.message }));
}

function refusalsOf({ ours, definition, driverConfig }: HeaterEntry, index: number): readonly Hazard[] {
  return (definition.refusals?.(driverConfig) ?? []).map(({ path, message }) => ({
    path: ["heaters", index, ...path],
    message: `${ours.id} (${definition.name}) must not run so: ${message}`,
  }));
}

/** Where a problem would be mended. */
const mended: Readonly<Record<SiteProblem["kind"], (heater: number, sink: number) => Hazard["path"]>> = {
  "power-return": () => ["site", "feeder", "maxWatts"],
  "never-fits": () => ["site", "feeder", "maxWatts"],
  unattended: (heater) => ["heaters", heater, "unattendedWatts"],
  "slow-guard": (heater) => ["heaters", heater, "plug", "timerSeconds"],
  "long-least-time": (heater) => ["heaters", heater, "minOnMinutes"],
  "cannot-disinfect": (_, sink) => ["sinks", sink, "disinfection"],
};

function pathOf(
  { kind, heaters: [first] }: SiteProblem,
  heaters: readonly HeaterEntry[],
  sinks: SiteSafety["sinks"],
): Hazard["path"] {
  const heater = heaters.findIndex(({ ours }) => ours.id === first);
  const sink = sinks.findIndex(({ id }) => id === heaters[heater]?.ours.sink);
  return mended[kind](heater, sink);
}

/** What a configuration is silent about and only its devices can tell; the hearth asks them before it heats. */
export interface Unchecked {
  readonly heater: string;
  readonly message: string;
}

/** Of each heater that does not guard itself. */
export function uncheckedOf({ heaters }: Pick<ConfiguredSite, "heaters">): readonly Unchecked[] {
  return heaters.flatMap(({ ours: { id, plug }, definition, driverConfig }) => {
    const { steps, safeState } = definition.traits(driverConfig);
    if (safeState.guard.by === "device-watchdog") return [];
    const powers = steps.mining && !definition.mute ? [`whether it takes ${span(steps.mining)} now`] : [];
    const guard = plug
      ? [`whether its plug (${plug.definition.name}) stays off after an outage and its timer runs`]
      : [];
    return [...powers, ...guard].map((message) => ({ heater: id, message }));
  });
}

function span(steps: PowerSteps): string {
  if (steps.kind === "range") return `${steps.min} to ${steps.max} W`;
  return `${steps.watts.join(", ")} W`;
}
