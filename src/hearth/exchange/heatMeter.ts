import { claimedJoules, type EnergyClaim, type TaskMeter } from "../../energy/index.ts";

/** A heater that tasks run on, as far as claims tell of it. */
export interface MeteredHeater {
  readonly id: string;
  readonly wattsPerSlot: number;
  readonly heatShare: number;
  readonly sink: { readonly id: string; readonly kind: "room" | "tank" };
  /** Whether its sink still wants heat, or may store it. */
  readonly isWanted: boolean;
}

const nothing = { metered: 0, reported: 0, estimated: 0 };

/**
 * What a task drew and where that went as heat: the watts that a slot of its heater adds, which are an estimate, for the
 * time that it ran. What the grid emits and what else would have heated are not told.
 */
export const heatMeter = (heaterOf: (id: string | undefined) => MeteredHeater | undefined): TaskMeter => ({
  begin:
    () =>
    ({ seconds, place }): EnergyClaim => {
      const heater = heaterOf(place);
      const joules = claimedJoules((heater?.wattsPerSlot ?? 0) * seconds);
      const heat = claimedJoules(joules * (heater?.heatShare ?? 0));
      return {
        method: "declared-power",
        energy: { ...nothing, estimated: joules },
        heat:
          heater && heat > 0
            ? [
                {
                  sink: heater.sink.id,
                  kind: heater.sink.kind,
                  joules: heat,
                  usefulJoules: heater.isWanted ? heat : 0,
                },
              ]
            : [],
        boundary: { name: "the machine", joules },
        carbon: null,
      };
    },
});
