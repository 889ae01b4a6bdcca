import type { Heater } from "../api.ts";
import { sentence } from "../format.ts";
import { HeaterFacts } from "./HeaterFacts.tsx";
import { PowerBar } from "./PowerBar.tsx";
import "./heaters.css";

/** What a heater does now and why, its faults, its power and its other figures. */
export function HeaterNow({ heater }: { heater: Heater }) {
  return (
    <>
      <p className="heater-reason">{sentence(heater.reason)}</p>
      {heater.faults.length > 0 && (
        <ul className="heater-faults">
          {heater.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <PowerBar heater={heater} />
      <HeaterFacts heater={heater} />
    </>
  );
}
