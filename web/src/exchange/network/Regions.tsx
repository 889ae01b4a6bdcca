import { count, watts } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import type { Network } from "../api.ts";
import { regionName } from "./regionWords.ts";
import { WorldMap } from "./WorldMap.tsx";

const mostListed = 24;

/** Where providers say that they are, on a map and in words; apart from those that do not say. */
export function Regions({ network: { regions } }: { readonly network: Network }) {
  const named = regions.filter(({ region }) => region !== null);
  const unnamed = regions.find(({ region }) => region === null);
  const rest = named.slice(mostListed);
  return (
    <Card title="Where" aside={<p className="card-note">by the country that they name</p>}>
      <WorldMap regions={regions} />
      {regions.length > 0 && (
        <ul className="regions">
          {named.slice(0, mostListed).map(({ region, ...sum }) => (
            <Region key={region} name={regionName(region ?? "")} {...sum} />
          ))}
          {unnamed && <Region name="Not told" {...unnamed} />}
        </ul>
      )}
      {rest.length > 0 && <p className="note">And {count(rest.length)} more countries.</p>}
    </Card>
  );
}

interface RegionProps {
  readonly name: string;
  readonly providers: number;
  readonly watts: number;
}

const Region = ({ name, providers, watts: drawn }: RegionProps) => (
  <li>
    <strong>{name}</strong>
    <span>
      {count(providers)} · {watts(drawn)}
    </span>
  </li>
);
