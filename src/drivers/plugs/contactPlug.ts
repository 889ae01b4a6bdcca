import type { Meter } from "../meters/meter.ts";
import type { Plug, PlugReading } from "./plug.ts";

/**
 * A relay that closes a contact by which a device is let run, such as a heat pump's, instead of its power: what is drawn
 * is the meter's word. While either is silent nothing is known, and the relay's own timer opens it.
 */
export function contactPlug(relay: Plug, meter: Meter): Plug {
  const withMeter = async (reading: PlugReading, signal: AbortSignal): Promise<PlugReading> => {
    const { watts, at } = await meter.read(signal);
    const { energy: _relays, ...told } = reading;
    // A clamp put on the wrong way round counts backwards.
    return { ...told, at, watts: Math.abs(watts) as typeof watts };
  };
  return {
    read: async (signal) => withMeter(await relay.read(signal), signal),
    arm: (seconds, signal) => relay.arm(seconds, signal),
    hold: async (seconds, signal) => withMeter(await relay.hold(seconds, signal), signal),
    async cut(signal) {
      const reading = await relay.cut(signal);
      // It is open, whatever the meter says of it.
      return withMeter(reading, signal).catch(() => reading);
    },
    secure: (signal) => relay.secure(signal),
    async close() {
      await relay.close();
      await meter.close();
    },
  };
}
