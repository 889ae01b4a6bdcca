import { loopTemperatures, throttledReturn } from "../sinks/loop.ts";
import type { SinkWish } from "./allocate.ts";
import { stepsPerHour } from "./dwelling.ts";
import type { EmitterWater } from "./homeBuffer.ts";
import type { OrderedHeat } from "./homeOrder.ts";
import type { Plant } from "./plant.ts";

/** The plain thermostat of a home's rooms: by which heat they are held, and when a backup joins. */
export interface RoomHeating {
  /** The heat that the heating curve's water gives, W. */
  curveW(outdoorC: number): number;
  /** How warm the emitters' water is: by the heating curve, or as warm as so much heat, W, takes. */
  water(outdoorC: number, heatW: number): EmitterWater;
  /**
   * @param shares whose heat it is to be, as shares; left out: whose costs least, and a backup's in need.
   * @param helpedW up to which backups help; what is beyond is heat ahead.
   */
  wish(heatW: number, supplyC: number, shares?: OrderedHeat, helpedW?: number): SinkWish;
  /** @param lagK what is wanted less the air, K. */
  end(lagK: number): void;
}

/** A backup joins by and by: with all that the emitters can give after so much cold, K·h. */
const patienceKh = 4;
/** The heating curve's supply is that of a load a bit above the outdoor air's. */
const curveReserve = 1.1;

export function openRoomHeating({ loop, designC, emittersW }: Plant): RoomHeating {
  let owedKh = 0;
  const curveW = (outdoorC: number) =>
    loop.designHeatW * Math.min(1, Math.max(0.1, (curveReserve * (20 - outdoorC)) / (20 - designC)));
  return {
    curveW,
    water(outdoorC, heatW) {
      const curveC = loopTemperatures(loop, curveW(outdoorC), 20).supplyC;
      const { supplyC } = loopTemperatures(loop, Math.min(heatW, emittersW), 20);
      return { curveC, supplyC: Math.max(curveC, supplyC) };
    },
    wish(heatW, supplyC, shares, helpedW = heatW) {
      return {
        sink: "room",
        supplyC,
        returnC: (watts) => throttledReturn(loop, supplyC, watts, 20),
        heatW(source, givenW) {
          const wanted = Math.min(heatW, emittersW);
          const missing = wanted - givenW;
          if (shares) return Math.min(missing, (shares[source.kind] ?? 0) * wanted);
          return source.isBackup
            ? Math.min(Math.min(helpedW, emittersW) - givenW, (owedKh / patienceKh) * emittersW)
            : missing;
        },
      };
    },
    end(lagK) {
      const lag = Number.isFinite(lagK) ? lagK : -1;
      owedKh = Math.min(patienceKh, Math.max(0, owedKh + lag / stepsPerHour));
    },
  };
}
