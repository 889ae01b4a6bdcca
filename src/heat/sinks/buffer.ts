import { stepTank, type Tank } from "./tank.ts";

/** Heating water between a source and the emitters, mixed. */
export interface Buffer {
  readonly litres: number;
  readonly lossWattsPerKelvin: number;
}

export interface BufferInputs {
  readonly seconds: number;
  readonly heatW: number;
  /** By the emitters. */
  readonly takenW: number;
  readonly aroundC: number;
}

/** The buffer after a step, and what it lost, J: what it stores grows by the heat less what is taken and lost. */
export function stepBuffer(
  buffer: Buffer,
  celsius: number,
  { seconds, heatW, takenW, aroundC }: BufferInputs,
): { readonly celsius: number; readonly lostJ: number } {
  const still = { drawnLitres: 0, mainsC: 10 };
  const { layersC, lostJ } = stepTank(tankOf(buffer), Float64Array.of(celsius), {
    ...still,
    seconds,
    heatW: heatW - takenW,
    aroundC,
  });
  return { celsius: layersC[0] ?? celsius, lostJ };
}

const tankOf = (buffer: Buffer): Tank => ({ ...buffer, layers: 1, layerWattsPerKelvin: 0 });
