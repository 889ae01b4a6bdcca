import { type Provenance, Watts } from "../../../domain/index.ts";
import type { AvalonMode, AvalonModel } from "./models.ts";
import type { AvalonState } from "./readAvalon.ts";

/** The mode that it is in, if it is one of these. */
export const modeOf = (state: AvalonState, modes: readonly AvalonMode[]): AvalonMode | undefined =>
  modes.find(
    ({ mode, level }) =>
      mode === (state.mode ?? state.level) && (level === undefined || level === state.level),
  );

/**
 * What it draws at the wall: its power supply's word where the model gives one that can be true, else an estimate from
 * its mode.
 */
export function wattsOf(
  state: AvalonState,
  { wallWattsAt, standbyWatts }: AvalonModel,
  modes: readonly AvalonMode[],
): { readonly watts: Watts; readonly provenance: Provenance } {
  const most = Math.max(...modes.map(({ watts }) => watts));
  const told = state.wallWatts ?? (wallWattsAt === undefined ? undefined : state.supply[wallWattsAt]);
  const canBe = told !== undefined && told <= most * 1.5 && (state.work === "idle" ? told >= 0 : told > 0);
  if (canBe) return { watts: Watts(told), provenance: "reported" };
  if (state.work === "idle") return { watts: Watts(standbyWatts), provenance: "estimated" };
  const ofMode = modeOf(state, modes)?.watts ?? state.modeWatts ?? most;
  return { watts: Watts(ofMode > 0 && ofMode <= most * 1.5 ? ofMode : most), provenance: "estimated" };
}
