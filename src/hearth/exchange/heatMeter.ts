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

const methods = { metered: "meter", reported: "device" } as const;

/**
 * What a task drew and where that went as heat: its part of what its heater was measured at, or else the watts that a
 * slot of it adds, which are an estimate, for the time that it ran. What the grid emits and what else would have heated are not told.
 */
export const heatMeter = (heaterOf: (id: string | undefined) => MeteredHeater | undefined): TaskMeter => ({
  begin:
    () =>
    ({ seconds, place, drawn }): EnergyClaim => {
      const heater = heaterOf(place);
      const provenance = drawn?.provenance ?? "estimated";
      const joules = claimedJoules(drawn?.joules ?? (heater?.wattsPerSlot ?? 0) * seconds);
      const heat = claimedJoules(joules * (heater?.heatShare ?? 0));
      return {
        method: drawn ? methods[drawn.provenance] : "declared-power",
        energy: { ...nothing, [provenance]: joules },
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
