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
const enough = {
  room: { kelvin: 3, fabric: 0.3 },
  /** The top of a tank that is heated from below stands still until all beneath is as warm. */
  tank: { kelvin: 10, fabric: 1 },
} as const;

/** What a sensor's sink is, as far as its answer to heat goes. */
export interface Answering {
  readonly kind: "room" | "tank";
  readonly model: RoomModel;
}

/** Follows a sensor while all the heat there is is asked for, or any in a tank; forgets when it moves or less is asked. */
export function watchResponse(
  before: ResponseMemory | null,
  sink: Answering,
  round: {
    readonly raw: number | null;
    readonly heat: Watts;
    readonly elapsed: number;
    readonly isFull: boolean;
  },
): ResponseMemory | null {
  const { raw, heat, elapsed, isFull } = round;
  if (raw === null || (!isFull && !isFrozen(before, sink))) return null;
  const low = Math.min(before?.low ?? raw, raw);
  const high = Math.max(before?.high ?? raw, raw);
  if (high - low > movementKelvin) return { low: raw, high: raw, joules: 0 };
  return { low, high, joules: (before?.joules ?? 0) + heat * elapsed };
}

/**
 * A sensor that stands still though its sink is heated with all there is: it is stuck, or the heat goes elsewhere.
 * Heating pauses; a living sensor sees the sink cool and moves, and heating goes on.
 */
export function isFrozen(response: ResponseMemory | null, { kind, model }: Answering): boolean {
  const { kelvin, fabric } = enough[kind];
  const capacity = model.airJoulesPerKelvin + fabric * model.fabricJoulesPerKelvin;
  return response !== null && response.joules >= kelvin * capacity;
}
