import type { Site } from "../api.ts";
import { celsius, money } from "../format.ts";

const whose = {
  fixed: "",
  "time-of-use": "at this time",
  market: "on the market",
} as const;

/** The price of a kWh now, what it emits, and the weather, in one line. */
export function OutsideNow({ site: { grid, outdoor, feeds } }: { readonly site: Site }) {
  if (grid.priceFrom === "fixed" && feeds.length === 0 && grid.gramsPerKwh === null) return undefined;
  const troubled = feeds.filter(({ trouble, fetchedAt }) => trouble !== null && fetchedAt !== null);
  const parts = [
    `${money(grid.price)} a kWh ${whose[grid.priceFrom]}`.trim(),
    grid.gramsPerKwh === null ? "" : `${Math.round(grid.gramsPerKwh)} g CO₂ a kWh`,
    outdoor === null ? "" : `${celsius(outdoor.temperatureC)} outside`,
  ];
  return (
    <p className="today-gap">
      Now {parts.filter((part) => part !== "").join(", ")}.
      {troubled.length > 0 &&
        ` Nothing new of ${troubled.map(({ name }) => name).join(" and ")} at the moment.`}
    </p>
  );
}
