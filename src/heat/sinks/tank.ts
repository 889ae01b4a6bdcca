import { joulesPerLitreKelvin } from "./water.ts";

/** A hot-water tank in layers of equal volume; with one layer it is mixed. */
export interface Tank {
  readonly litres: number;
  readonly layers: number;
  /** Loss of the whole, W/K. */
  readonly lossWattsPerKelvin: number;
  /** Between two neighbouring layers through water and wall, W/K; stands still where there is one layer. */
  readonly layerWattsPerKelvin: number;
}

/** What acts on a tank during a step. */
export interface TankInputs {
  readonly seconds: number;
  /** Into the lowest layer, from which it rises. */
  readonly heatW: number;
  /** Taken off at the top and replaced from below. */
  readonly drawnLitres: number;
  readonly mainsC: number;
  readonly aroundC: number;
}

export interface TankStep {
  /** °C from the top. */
  readonly layersC: Float64Array;
  /** Lost to what is around it, J. */
  readonly lostJ: number;
  /** Carried away by the water drawn, above that of the mains, J. */
  readonly drawnJ: number;
}

/** Heat per kelvin of all its water, J. */
export const tankJoulesPerKelvin = ({ litres }: Pick<Tank, "litres">): number =>
  litres * joulesPerLitreKelvin;

export const meanTankC = (layersC: Float64Array): number =>
  layersC.reduce((sum, value) => sum + value, 0) / layersC.length;

/** A tank that is as warm everywhere. */
export const filledTank = ({ layers }: Tank, celsius: number): Float64Array =>
  new Float64Array(layers).fill(celsius);

/**
 * A step of C·dT/dt = Q − UA·(T − T around) − ṁc·(T − T mains), layer by layer: water drawn shifts the layers upwards
 * in parts smaller than a layer; what is warmer than the layer above it mixes with it (as NREL's OCHRE does). What is
 * stored grows by the heat less what is lost and drawn.
 */
export function stepTank(tank: Tank, before: Float64Array, inputs: TankInputs): TankStep {
  const { layers, litres } = tank;
  const { drawnLitres, mainsC } = inputs;
  const layersC = Float64Array.from(before);
  const parts = Math.max(
    1,
    Math.ceil(inputs.seconds / 900),
    Math.ceil(drawnLitres / ((0.5 * litres) / layers)),
  );
  let [lostJ, drawnJ] = [0, 0];
  for (let part = 0; part < parts; part++) {
    drawnJ += draw(layersC, drawnLitres / parts, litres / layers, mainsC);
    lostJ += exchange(tank, layersC, inputs, inputs.seconds / parts);
    mix(layersC);
  }
  return { layersC, lostJ, drawnJ };
}

/** Water leaves at the top; each layer takes from the one below. Gives the heat above the mains that left, J. */
function draw(layersC: Float64Array, drawn: number, layerLitres: number, mainsC: number): number {
  if (drawn <= 0) return 0;
  const share = drawn / layerLitres;
  const left = drawn * joulesPerLitreKelvin * ((layersC[0] ?? mainsC) - mainsC);
  for (let layer = 0; layer < layersC.length; layer++) {
    const own = layersC[layer] ?? mainsC;
    layersC[layer] = own + share * ((layersC[layer + 1] ?? mainsC) - own);
  }
  return left;
}

/** Heat in, losses, and what passes between layers. Gives what is lost, J. */
function exchange(tank: Tank, layersC: Float64Array, inputs: TankInputs, seconds: number): number {
  const { layers, lossWattsPerKelvin, layerWattsPerKelvin } = tank;
  const perKelvin = tankJoulesPerKelvin(tank) / layers;
  const flows = layersC.map((own, layer) => {
    const above = layersC[layer - 1] ?? own;
    const below = layersC[layer + 1] ?? own;
    return layerWattsPerKelvin * (above + below - 2 * own);
  });
  let lost = 0;
  for (let layer = 0; layer < layers; layer++) {
    const own = layersC[layer] ?? 0;
    const loss = (lossWattsPerKelvin / layers) * (own - inputs.aroundC);
    const heat = layer === layers - 1 ? inputs.heatW : 0;
    lost += loss * seconds;
    layersC[layer] = own + ((heat - loss + (flows[layer] ?? 0)) * seconds) / perKelvin;
  }
  return lost;
}

/** Joins what lies wrongly, from below, until no layer is warmer than the one above it. */
function mix(layersC: Float64Array): void {
  for (let top = layersC.length - 2; top >= 0; top--) {
    let end = top;
    let sum = layersC[top] ?? 0;
    while (end + 1 < layersC.length && (layersC[end + 1] ?? 0) > sum / (end - top + 1)) {
      end += 1;
      sum += layersC[end] ?? 0;
    }
    if (end > top) layersC.fill(sum / (end - top + 1), top, end + 1);
  }
}
