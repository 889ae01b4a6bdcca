import { Instant, spanAt, Watts } from "../../domain/index.ts";
import { otherLoads, solarPower } from "../../heat/index.ts";
import type { PlannedSite } from "./askedSite.ts";

const quarterMs = 900_000;

/** What the house draws beside what is planned, W: what the sun covers of it, no meter shows. */
export function houseLoad({ at, settings: { solar }, outside, state }: PlannedSite): Watts {
  const metered = otherLoads(state.mains);
  if (!solar) return metered;
  const weather = spanAt(outside.weather, at)?.value;
  return metered > 0 ? Watts(metered + (weather ? solarPower(solar, weather, at) : 0)) : solar.baseWatts;
}

/** What photovoltaics are foreseen to make in a step, W on average; nothing without a forecast. */
export function solarWithin(
  { settings: { solar }, outside }: PlannedSite,
  from: Instant,
  until: Instant,
): Watts {
  if (!solar) return Watts(0);
  const looks = Math.max(1, Math.round((until - from) / quarterMs));
  const powers = Array.from({ length: looks }, (_, look) => {
    const at = Instant(from + ((look + 0.5) / looks) * (until - from));
    const weather = spanAt(outside.weather, at)?.value;
    return weather ? solarPower(solar, weather, at) : 0;
  });
  return Watts(powers.reduce<number>((sum, watts) => sum + watts, 0) / looks);
}
