import { isDeepStrictEqual } from "node:util";
import { HearthworkError } from "../domain/index.ts";
import type { Guard, HeaterTraits, PowerSteps } from "../heat/index.ts";
import type { Refusal } from "./definition.ts";

const longestGuard = 900;
const longestSettle = 7200;
const unguarded =
  "nothing brings it to a safe state when the hearth dies; put it behind a plug that has a timer (`plug:`), or declare `unattendedWatts`";
const unattended = "its unattended power";

/** What is wrong with a heater's own account of itself, in words; empty when nothing is. */
export function traitProblems(traits: HeaterTraits): readonly string[] {
  const { idleWatts, maxWatts, powerReturnWatts, settle, safeState, steps } = traits;
  const problems: string[] = [];
  const must = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  must(idleWatts >= 0 && Number.isFinite(idleWatts), `its idle power of ${idleWatts} W is none`);
  must(
    maxWatts > idleWatts && Number.isFinite(maxWatts),
    `its most, ${maxWatts} W, is not above its idle power`,
  );
  must(
    powerReturnWatts >= 0 && powerReturnWatts <= maxWatts,
    `its power when the mains come back, ${powerReturnWatts} W, is none`,
  );
  must(settle > 0 && settle <= longestSettle, `its settling time of ${settle} s is none`);
  must(Object.keys(steps).length > 0, "it can compute nothing");
  for (const [workload, ladder] of Object.entries(steps)) {
    for (const problem of stepProblems(ladder, traits)) problems.push(`${workload}: ${problem}`);
  }
  // A driver may come from outside and know no types.
  const { guard, description } = (safeState ?? {}) as Partial<HeaterTraits["safeState"]>;
  must((description ?? "").trim() !== "", "it does not describe its safe state");
  problems.push(...guardProblems(guard, traits));
  return problems;
}

/** The same, with the keys that would mend it. */
export function traitRefusals(traits: HeaterTraits): readonly Refusal[] {
  return traitProblems(traits).map((message) => ({ code: "driver/unsafe", path: pathOf(message), message }));
}

function pathOf(problem: string): Refusal["path"] {
  if (problem === unguarded) return ["plug"];
  return problem.startsWith(unattended) ? ["unattendedWatts"] : [];
}

/** What is wrong with what an open heater says of itself, beside what was known of it by its settings. */
export function openedRefusals(traits: HeaterTraits, told: HeaterTraits): readonly Refusal[] {
  const power = ({ maxWatts, powerReturnWatts, safeState }: HeaterTraits) => [
    maxWatts,
    powerReturnWatts,
    safeState.guard,
  ];
  const refusals = traitRefusals(traits);
  if (refusals.length > 0 || isDeepStrictEqual(power(traits), power(told))) return refusals;
  const message = "once open it says other than before of its power or of who makes it safe";
  return [{ code: "driver/unsafe", path: [], message }];
}

/** @throws {HearthworkError} with the first refusal's code when there is any */
export function refuseUnsafe(name: string, refusals: readonly Refusal[]): void {
  const [first] = refusals;
  if (!first) return;
  const messages = refusals.map(({ message }) => message);
  throw new HearthworkError({
    code: first.code,
    message: `the heater driver "${name}" must not be used: ${messages.join("; ")}`,
    data: { driver: name },
  });
}

function stepProblems(steps: PowerSteps, { idleWatts, maxWatts }: HeaterTraits): readonly string[] {
  const powers = steps.kind === "levels" ? steps.watts : [steps.min, steps.max];
  const [lowest] = powers;
  const highest = powers.at(-1);
  if (lowest === undefined || highest === undefined) return ["it has no level"];
  const ascends =
    steps.kind === "levels"
      ? powers.every((watts, index) => index === 0 || watts > (powers[index - 1] ?? watts))
      : steps.min <= steps.max && steps.step > 0;
  return [
    ...(ascends ? [] : ["its levels do not ascend"]),
    ...(lowest > idleWatts ? [] : [`its lowest level, ${lowest} W, is not above its idle power`]),
    ...(highest <= maxWatts ? [] : [`its highest level, ${highest} W, is above its most`]),
  ];
}

function guardProblems(guard: Guard | undefined, { maxWatts, canStop }: HeaterTraits): readonly string[] {
  if (!guard || guard.by === "nobody") return [unguarded];
  if (guard.by === "unattended-watts") {
    const isPossible = guard.watts >= 0 && guard.watts <= maxWatts;
    return isPossible ? [] : [`${unattended} is ${guard.watts} W, and ${maxWatts} W are its most`];
  }
  return [
    ...(guard.within > 0 && guard.within <= longestGuard
      ? []
      : [`its guard acts within ${guard.within} s, not 900`]),
    ...(canStop ? [] : ["its guard would stop it, but it cannot stop"]),
  ];
}
