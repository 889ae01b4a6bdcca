import {
  type HeaterDefinition,
  heaterBehindPlug,
  heaterWithMeter,
  type MeterSection,
  type PlugSection,
} from "../../drivers/index.ts";

interface HeaterEntry {
  readonly definition: HeaterDefinition;
  readonly ours: {
    readonly plug?: PlugSection | undefined;
    readonly meter?: MeterSection | undefined;
  };
}

/** A heater's driver with what its entry puts before it: its plug, or its meter. */
export function completedByDevices<Entry extends HeaterEntry>(
  heater: Entry,
  complain: (path: string, message: string) => void,
): Entry {
  const { plug, meter } = heater.ours;
  if (plug && meter) complain("meter", "is not needed: the plug meters");
  if (plug) return { ...heater, definition: heaterBehindPlug(heater.definition, plug) };
  if (heater.definition.mute) complain("plug", "is missing: the plug that the device hangs on");
  if (meter) return { ...heater, definition: heaterWithMeter(heater.definition, meter) };
  return heater;
}
