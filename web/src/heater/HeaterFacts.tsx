import type { ReactNode } from "react";
import type { Heater } from "../api.ts";
import { celsius, count, hashRate, watts } from "../format.ts";

const workloads = {
  mining: "Mining",
  job: "Computing a job",
  heating: "Heating",
  idle: "Computing nothing",
} as const;

/** What a heater says of itself, in numbers. */
export function HeaterFacts({ heater }: { heater: Heater }) {
  return (
    <dl className="facts">
      <Fact name="Power" note={heater.watts === null ? undefined : heater.provenance}>
        {watts(heater.watts)}
      </Fact>
      {heater.onlyHeats ? (
        <Fact name="Heat" note="a backup: it computes nothing">
          {watts(heater.watts === null ? null : heater.watts * heater.heatPerWatt)}
        </Fact>
      ) : (
        <>
          <Fact name="Hashes" note={workloads[heater.workload]}>
            {hashRate(heater.hashesPerSecond)}
          </Fact>
          <Fact name="Hottest part">{celsius(heater.temperatureC, 0)}</Fact>
        </>
      )}
      {heater.shares && (
        <Fact name="Shares" note={refused(heater.shares)}>
          {count(heater.shares.accepted)}
        </Fact>
      )}
    </dl>
  );
}

export function Fact({
  name,
  note,
  children,
}: {
  name: string;
  note?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        <span className="fact-value">{children}</span>
        {note !== undefined && <span className="fact-note">{note}</span>}
      </dd>
    </div>
  );
}

function refused({ rejected, stale }: NonNullable<Heater["shares"]>): string {
  return rejected + stale === 0 ? "all accepted" : `${rejected} rejected, ${stale} stale`;
}
