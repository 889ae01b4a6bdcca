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
  const isContact = plug?.ours.switches === "contact";
  if (isContact && !heater.definition.mute)
    complain("plug", "switches a contact: only a backup is let run by one");
  if (isContact && !meter) complain("meter", "is missing: a contact tells nothing of what is drawn");
  if (plug && meter && !isContact) complain("meter", "is not needed: the plug meters");
  if (plug) return { ...heater, definition: heaterBehindPlug(heater.definition, plug, meter) };
  if (heater.definition.mute) complain("plug", "is missing: the plug that the device hangs on");
  if (meter) return { ...heater, definition: heaterWithMeter(heater.definition, meter) };
  return heater;
}
