import type { ControlMean, ControlRun } from "./controlReport.ts";

/** More discomfort than this is more, K·h. */
const noticeableKh = 0.5;

/** In words: what the planner saves, and where it loses. */
export function verdictOnControl(means: readonly ControlMean[], runs: readonly ControlRun[]): string {
  const parts = means.map(({ prices, savedShare, plainDiscomfortKh, plannerDiscomfortKh }) => {
    const saved = `${Math.abs(100 * savedShare).toFixed(1)} % ${savedShare >= 0 ? "less" : "more"}`;
    const discomfort = `${plannerDiscomfortKh.toFixed(1)} K·h of discomfort against ${plainDiscomfortKh.toFixed(1)}`;
    return `On ${prices} prices the planner's net cost is ${saved}, with ${discomfort}.`;
  });
  const dearer = runs.filter(({ savedShare }) => savedShare < 0);
  const colder = runs.filter(
    ({ plain, planner }) => planner.discomfortKh > plain.discomfortKh + noticeableKh,
  );
  const names = (losing: readonly ControlRun[]) =>
    losing.map(({ prices, seed }) => `${prices} ${seed}`).join(", ");
  if (dearer.length > 0) parts.push(`It loses money in ${names(dearer)}.`);
  if (colder.length > 0) parts.push(`It is less comfortable in ${names(colder)}.`);
  if (dearer.length + colder.length === 0) parts.push("It loses in none of the runs.");
  return parts.join(" ");
}
