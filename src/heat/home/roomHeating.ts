import { loopTemperatures } from "../sinks/loop.ts";
import type { SinkWish } from "./allocate.ts";
import { stepsPerHour } from "./dwelling.ts";
import type { Plant } from "./plant.ts";

/** The plain thermostat of a home's rooms: by which heat they are held, and when a backup joins. */
export interface RoomHeating {
  /** Of the emitters' water by the heating curve, °C. */
  supplyC(outdoorC: number): number;
  wish(heatW: number, supplyC: number): SinkWish;
  /** @param lagK what is wanted less the air, K. */
  end(lagK: number): void;
}

/** A backup joins by and by: with all that the emitters can give after so much cold, K·h. */
const patienceKh = 4;
/** The heating curve's supply is that of a load a bit above the outdoor air's. */
const curveReserve = 1.1;

export function openRoomHeating({ loop, designC, emittersW }: Plant): RoomHeating {
  let owedKh = 0;
  return {
    supplyC(outdoorC) {
      const load = Math.min(1, Math.max(0.1, (curveReserve * (20 - outdoorC)) / (20 - designC)));
      return loopTemperatures(loop, load * loop.designHeatW, 20).supplyC;
    },
    wish(heatW, supplyC) {
      return {
        sink: "room",
        supplyC,
        heatW(source, givenW) {
          const missing = Math.min(heatW, emittersW) - givenW;
          return source.isBackup ? Math.min(missing, (owedKh / patienceKh) * emittersW) : missing;
        },
      };
    },
    end(lagK) {
      const lag = Number.isFinite(lagK) ? lagK : -1;
      owedKh = Math.min(patienceKh, Math.max(0, owedKh + lag / stepsPerHour));
    },
  };
}
