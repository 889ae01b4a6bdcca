import type { Heater } from "../api.ts";
import { watts } from "../format.ts";

const percent = (power: number, most: number) =>
  most > 0 ? Math.min(100, Math.max(0, (power / most) * 100)) : 0;

/** The power drawn as a bar, the power asked for as a mark on it, both of the most the heater can draw. */
export function PowerBar({ heater: { watts: drawn, setpointWatts, maxWatts } }: { heater: Heater }) {
  return (
    <div className="power">
      <div className="power-bar" aria-hidden="true">
        <div
          className="power-fill"
          style={{ clipPath: `inset(0 ${100 - percent(drawn ?? 0, maxWatts)}% 0 0 round 7px)` }}
        />
        <div className="power-asked" style={{ left: `${percent(setpointWatts, maxWatts)}%` }} />
      </div>
      <div className="power-words">
        <span>Asked for {watts(setpointWatts)}</span>
        <span>at most {watts(maxWatts)}</span>
      </div>
    </div>
  );
}
