import type { HeaterReading, HeaterTraits, PowerSteps } from "../../heat/index.ts";

const trust = ["estimated", "reported", "metered"];

/** What no reading may say. */
export function readingFindings(reading: HeaterReading, traits: HeaterTraits): readonly string[] {
  const { watts, provenance, workload, hashrate, temperature, shares, faults } = reading;
  const { available, setTo, ownWatts, networkDifficulty, busy, unguarded } = reading;
  const bad = (holds: boolean, finding: string) => (holds ? [] : [finding]);
  return [
    ...bad(Number.isFinite(reading.at), "its reading has no time"),
    ...bad(watts >= 0 && watts <= traits.maxWatts * 1.2, `it tells ${watts} W, it cannot draw that`),
    ...bad(trust.indexOf(provenance) <= trust.indexOf(traits.provenance), `it calls its watts ${provenance}`),
    ...bad(workload === "idle" || workload in traits.steps, `it tells a workload ${workload}, it has none`),
    ...bad(hashrate === undefined || hashrate >= 0, `it tells ${hashrate} H/s`),
    ...bad(networkDifficulty === undefined || networkDifficulty > 0, `a difficulty of ${networkDifficulty}`),
    ...bad(
      temperature === undefined || (temperature > -60 && temperature < 200),
      `it tells ${temperature} °C`,
    ),
    ...bad(setTo === undefined || (Number.isFinite(setTo) && setTo >= 0), `it says it is set to ${setTo} W`),
    ...bad(ownWatts === undefined || ownWatts >= 0, `it tells ${ownWatts} W of its own`),
    ...(available ? availableFindings(available, traits) : []),
    ...bad(
      Object.values(shares ?? {}).every((count) => Number.isSafeInteger(count) && count >= 0),
      "bad shares",
    ),
    ...bad(
      [busy, unguarded, ...faults].every((words) => words === undefined || words.trim() !== ""),
      "it tells a fault without words",
    ),
  ];
}

/** What it takes now must be some of what it takes at all. */
function availableFindings(available: PowerSteps, { steps }: HeaterTraits): readonly string[] {
  const all = Object.values(steps);
  const [low = Infinity, high = -Infinity] = endsOf(available);
  const fits = all.some((whole) => {
    const [least = Infinity, most = -Infinity] = endsOf(whole);
    return low >= least && high <= most;
  });
  return low <= high && fits ? [] : [`it would take ${low} to ${high} W now, which are not among its steps`];
}

const endsOf = (steps: PowerSteps): readonly number[] =>
  steps.kind === "range"
    ? [steps.min, steps.max]
    : [steps.watts[0] ?? Infinity, steps.watts.at(-1) ?? -Infinity];
