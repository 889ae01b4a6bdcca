import type { Watts } from "../domain/index.ts";
import type { RoomModel } from "./room.ts";

/** How a sensor answers to heat: how far it moved, and how much heat flowed meanwhile at full demand. Plain data. */
export interface ResponseMemory {
  readonly low: number;
  readonly high: number;
  readonly joules: number;
}

/** A last digit that flickers is no movement. */
const movementKelvin = 0.15;
/** Heat enough to warm the air and the skin of the fabric by so much, had nothing been lost. */
const enough = { kelvin: 3, fabric: 0.3 };

/** Follows a room's sensor while all the heat there is is asked for; forgets when it moves or less is asked. */
export function watchResponse(
  before: ResponseMemory | null,
  model: RoomModel,
  round: {
    /** The newest reading that was believed, °C; null while there is none. */
    readonly raw: number | null;
    readonly heat: Watts;
    readonly elapsed: number;
    readonly isFull: boolean;
  },
): ResponseMemory | null {
  const { heat, elapsed, isFull } = round;
  const raw = round.raw ?? before?.high;
  if (raw === undefined || (!isFull && !isFrozen(before, model))) return null;
  const low = Math.min(before?.low ?? raw, raw);
  const high = Math.max(before?.high ?? raw, raw);
  if (high - low > movementKelvin) return { low: raw, high: raw, joules: 0 };
  return { low, high, joules: (before?.joules ?? 0) + heat * elapsed };
}

/**
 * A sensor that stands still though its sink is heated with all there is: it is stuck, or the heat goes elsewhere.
 * Heating pauses; a living sensor sees the sink cool and moves, and heating goes on.
 */
export function isFrozen(response: ResponseMemory | null, model: RoomModel): boolean {
  const capacity = model.airJoulesPerKelvin + enough.fabric * model.fabricJoulesPerKelvin;
  return response !== null && response.joules >= enough.kelvin * capacity;
}
