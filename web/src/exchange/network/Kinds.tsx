import { IconBrowser, IconDatabase, IconHome, IconPick, IconServer } from "@tabler/icons-react";
import { count, watts } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import type { Network } from "../api.ts";
import { kindNames } from "./networkWords.ts";
import "../../shell/table.css";

const icons = {
  home: IconHome,
  miner: IconPick,
  datacenter: IconServer,
  storage: IconDatabase,
  browser: IconBrowser,
} as const;

/** Who offers compute, by what they are. */
export function Kinds({ network }: { readonly network: Network }) {
  return (
    <Card title="By kind">
      <table className="table figures-table">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Here</th>
            <th scope="col">Running</th>
            <th scope="col">Computing</th>
            <th scope="col">Wanted heat</th>
          </tr>
        </thead>
        <tbody>
          {network.kinds.map(({ kind, providers, slots, running, ...draw }) => {
            const Icon = icons[kind];
            return (
              <tr key={kind} data-none={providers === 0 || undefined}>
                <th scope="row">
                  <span className="kind">
                    <Icon size={18} aria-hidden="true" />
                    {kindNames[kind]}
                  </span>
                </th>
                <td>{count(providers)}</td>
                <td>{providers === 0 ? "–" : `${count(running)} of ${count(slots)}`}</td>
                <td>{providers === 0 ? "–" : watts(draw.watts)}</td>
                <td>{providers === 0 ? "–" : watts(draw.usefulWatts)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
