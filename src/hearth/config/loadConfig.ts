import { z } from "zod";
import { minutesOf, Watts } from "../../domain/index.ts";
import { heaterBehindPlug, heaterDrivers, plugDrivers, plugKeys } from "../../drivers/index.ts";
import { id, minutes, price, weeklySpan } from "./scalars.ts";
import type { Hazard } from "./unsafeSite.ts";
import { withDriver } from "./withDriver.ts";

/** What may run at any time between its earliest start and its deadline, behind a plug. */
const loadSchema = z
  .strictObject({
    id,
    name: z.string().min(1).max(60).optional().describe("Shown on the page; without it the id"),
    watts: z.number().min(1).max(20_000).transform(Watts).describe("What it draws while it runs"),
    kwh: z
      .number()
      .min(0.01)
      .max(200)
      .optional()
      .describe("What it needs each time, by its plug's meter; or minutes"),
    minutes: z.number().min(1).max(1440).optional().describe("How long it has to run each time; or kwh"),
    days: weeklySpan.days.describe("On which it may begin"),
    from: weeklySpan.from.describe("Its earliest start, local time"),
    to: weeklySpan.to.describe("Its deadline; not later than from: on the next day"),
    minOnMinutes: minutes(0, 240)
      .prefault(10)
      .describe("Once on, on for so long; the feeder and the deadline do not wait for it"),
    worth: price
      .optional()
      .describe(
        "What it is worth that it runs, so that it runs where a plan finds that it costs less; without it it has to",
      ),
    plug: withDriver(plugKeys, plugDrivers).describe("The metered plug that it hangs on"),
  })
  .check(({ value, issues }) => {
    if ((value.kwh === undefined) === (value.minutes === undefined)) {
      issues.push({ code: "custom", path: ["kwh"], message: "give either kwh or minutes", input: value.kwh });
    }
  })
  .transform(({ plug, ...ours }) => {
    const kind = heaterDrivers["resistive"];
    if (!kind) throw new Error("there is no driver of what only has power");
    const driverConfig = kind.config.parse({ onWatts: ours.watts });
    return { ours: { ...ours, plug }, definition: heaterBehindPlug(kind, plug), driverConfig };
  });
export const loadsSchema = z.array(loadSchema).max(16).default([]);
export type LoadEntry = z.output<typeof loadSchema>;

/** How long a load has to run, s. */
const runsFor = ({ ours: { kwh, minutes: time = 0, watts } }: LoadEntry): number =>
  kwh === undefined ? time * 60 : (kwh * 3.6e6) / watts;

/** Why loads must not or cannot run so, and the key that would mend it. */
export function problemsOfLoads(
  loads: readonly LoadEntry[],
  { feeder, plan }: { readonly feeder: { readonly maxWatts: number }; readonly plan?: object | undefined },
): readonly (Hazard & { readonly isUnsafe: boolean })[] {
  return loads.flatMap((load, index) => {
    const { ours, definition, driverConfig } = load;
    const at = (key: string, message: string, isUnsafe = false) => ({
      path: ["loads", index, key],
      message,
      isUnsafe,
    });
    const window = ((minutesOf(ours.to) - minutesOf(ours.from) + 1440) % 1440 || 1440) * 60;
    const needs = runsFor(load);
    const inMinutes = (seconds: number) => `${Math.ceil(seconds / 60)} min`;
    return [
      ...(ours.plug.ours.switches === "contact"
        ? [at("plug", "switches a contact: a load is switched by its power")]
        : []),
      ...(ours.worth !== undefined && plan === undefined
        ? [at("worth", "is weighed by a plan alone: add site.plan, or leave worth out")]
        : []),
      ...(ours.watts > feeder.maxWatts
        ? [at("watts", `is more than the feeder's ${feeder.maxWatts} W: it could never run`, true)]
        : []),
      ...(needs > window
        ? [
            at(
              ours.kwh === undefined ? "minutes" : "kwh",
              `takes ${inMinutes(needs)}; from and to leave it ${inMinutes(window)}`,
            ),
          ]
        : []),
      ...(ours.minOnMinutes > window
        ? [at("minOnMinutes", `is longer than the ${inMinutes(window)} from from to to`)]
        : []),
      ...(definition.refusals?.(driverConfig) ?? []).map(({ path, message }) => ({
        path: ["loads", index, ...path],
        message,
        isUnsafe: true,
      })),
    ];
  });
}
