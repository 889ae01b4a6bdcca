import type { Joules, Provenance } from "../domain/index.ts";
import {
  type CarbonBasis,
  claimedJoules,
  type DeclaredPower,
  declaredEnergy,
  type EnergyClaim,
  SharedEnergy,
  type TaskMeter,
} from "../energy/index.ts";

export interface HostMeterOptions {
  readonly power: DeclaredPower;
  /** What the room around the machine takes beside it, cooling among it: PUE. */
  readonly pue: number;
  readonly carbon: CarbonBasis | null;
  /** A counter of this machine's own, in J; undefined where it has none. */
  readonly counter: (() => Joules) | undefined;
}

const nothing: Readonly<Record<Provenance, number>> = { metered: 0, reported: 0, estimated: 0 };

/**
 * What tasks draw on a machine that heats nothing: by its own counter where it has one, each task its share; else
 * estimated from the power that its owner declared.
 */
export function hostMeter({ power, pue, carbon, counter }: HostMeterOptions): TaskMeter {
  const shared = counter && new SharedEnergy(counter());
  const claim = (method: EnergyClaim["method"], provenance: Provenance, exact: Joules): EnergyClaim => {
    const joules = claimedJoules(exact);
    return {
      method,
      energy: { ...nothing, [provenance]: joules },
      heat: [],
      boundary: {
        name: pue === 1 ? "the machine" : "the computer room",
        joules: claimedJoules(joules * pue),
      },
      carbon,
    };
  };
  return {
    begin() {
      if (!counter || !shared) {
        return (ran) => claim("declared-power", "estimated", declaredEnergy(power, ran));
      }
      const task = shared.begin(counter());
      return () => claim("rapl", "reported", shared.end(task, counter()));
    },
  };
}
