import type { Network } from "../api.ts";
import { landPoints } from "./land.ts";
import { things } from "./networkWords.ts";
import { placeOf } from "./regionPlaces.ts";
import { regionName } from "./regionWords.ts";
import "./worldMap.css";

/** Degrees that the map shows; nobody lives beyond. */
const shown = { west: -172, east: 182, north: 80, south: -56 };
const land = landPoints.map(({ east, north }) => `M${east} ${-north}h0`).join("");
/** Of a circle, degrees: its area grows with how many are there. */
const radiusOf = (providers: number) => Math.min(13, 2.4 + 1.6 * Math.sqrt(providers));

/**
 * Where providers say that they are: a circle for each country, the larger the more are there. A list beside it says the
 * same.
 */
export function WorldMap({ regions }: Pick<Network, "regions">) {
  const placed = regions.flatMap((one) => {
    const place = one.region === null ? undefined : placeOf(one.region);
    return place && one.region !== null ? [{ ...one, ...place, name: regionName(one.region) }] : [];
  });
  return (
    <svg
      className="world"
      viewBox={`${shown.west} ${-shown.north} ${shown.east - shown.west} ${shown.north - shown.south}`}
      aria-hidden="true"
    >
      <path className="world-land" d={land} />
      {placed.map(({ region, name, east, north, providers, running }) => (
        <circle
          key={region}
          className="world-place"
          data-runs={running > 0 || undefined}
          cx={east}
          cy={-north}
          r={radiusOf(providers)}
        >
          <title>
            {name}: {things(providers, "provider", "providers")}, {things(running, "task", "tasks")} running
          </title>
        </circle>
      ))}
    </svg>
  );
}
