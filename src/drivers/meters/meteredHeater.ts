import { messageOf } from "../../domain/index.ts";
import type { Applied, HeaterReading, HeaterTraits } from "../../heat/index.ts";
import type { ComputingDriver, HeaterDefinition } from "../definition.ts";
import { inTime } from "../transports/inTime.ts";
import type { Meter, MeterReading } from "./meter.ts";
import type { MeterDefinition } from "./table.ts";

/** A heater's section `meter`, parsed. */
export interface MeterSection {
  readonly definition: MeterDefinition;
  readonly driverConfig: unknown;
}

const meterMs = 3000;

/** The same kind of heater, whose watts are a meter's: its own word is told beside them. */
export function withMeter<Config>(
  definition: HeaterDefinition<Config>,
  section: MeterSection,
): HeaterDefinition<Config> {
  return {
    ...definition,
    traits: (config) => metersTraits(definition.traits(config)),
    async open(config, context) {
      const heater = await definition.open(config, context);
      try {
        return meteredHeater(heater, await section.definition.open(section.driverConfig, context));
      } catch (thrown) {
        await heater.leave();
        throw thrown;
      }
    },
  };
}

function meteredHeater(heater: ComputingDriver, meter: Meter): ComputingDriver {
  /** While the meter is silent the device's own word has to do. */
  const metered = async (reading: HeaterReading, signal: AbortSignal): Promise<HeaterReading> => {
    try {
      return byMeter(reading, await inTime(meterMs, signal, (limited) => meter.read(limited)));
    } catch (thrown) {
      return { ...reading, faults: [...reading.faults, `its meter: ${messageOf(thrown)}`] };
    }
  };
  return {
    traits: metersTraits(heater.traits),
    tasks: heater.tasks,
    read: async (signal) => metered(await heater.read(signal), signal),
    async apply(setpoint, signal): Promise<Applied> {
      const applied = await heater.apply(setpoint, signal);
      if (applied.outcome !== "applied") return applied;
      return { outcome: "applied", reading: await metered(applied.reading, signal) };
    },
    async close() {
      await heater.close();
      await meter.close();
    },
    async leave() {
      await heater.leave();
      await meter.close();
    },
  };
}

const metersTraits = (own: HeaterTraits): HeaterTraits => ({ ...own, provenance: "metered" });

function byMeter(reading: HeaterReading, { watts, at }: MeterReading): HeaterReading {
  const own = reading.provenance === "estimated" ? {} : { ownWatts: reading.watts };
  // A clamp put on the wrong way round counts backwards.
  return { ...reading, ...own, at, watts: Math.abs(watts) as typeof watts, provenance: "metered" };
}
