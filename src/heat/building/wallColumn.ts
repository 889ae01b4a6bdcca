import type { Surface } from "./surfaces.ts";

const cells = 4;

/**
 * A surface's storing layer in cells, stepped implicitly (backward Euler) between the zone and the outside. The cells
 * are eliminated from the outside inwards, so that for a step the inner surface is linear in what the zone does:
 * `Ts = rest + slope · Tz`, where `Tz` is what its inner film sees.
 */
export class WallColumn {
  readonly #surface: Surface;
  readonly #stepSeconds: number;
  readonly #stored: Float64Array;
  readonly #eliminated = new Float64Array(cells);
  readonly #take = new Float64Array(cells);
  readonly #pivot = new Float64Array(cells);
  #outward = 0;
  #share = 0;
  /** Of `Tz` in the surface temperature. */
  slope = 0;

  constructor(surface: Surface, stepSeconds: number, startC: number) {
    this.#surface = surface;
    this.#stepSeconds = stepSeconds;
    this.#stored = new Float64Array(cells).fill(startC);
  }

  /** @param outer 0 where the ground itself is the outside; both W/(m²K). */
  setFilms(inner: number, outer: number): void {
    const { capacity, layerResistance, insulation } = this.#surface;
    const slice = Math.max(1e-4, layerResistance / cells);
    const between = 1 / slice;
    const inertia = capacity / cells / this.#stepSeconds;
    const inward = 1 / (slice / 2 + 1 / inner);
    this.#outward = 1 / (slice / 2 + insulation + (outer > 0 ? 1 / outer : 0));
    for (let cell = cells - 1; cell >= 0; cell--) {
      const out = cell === cells - 1 ? this.#outward : between * (1 - (this.#take[cell + 1] ?? 0));
      const into = cell === 0 ? inward : between;
      this.#pivot[cell] = inertia + out + into;
      this.#take[cell] = into / (inertia + out + into);
    }
    this.#share = inward / inner;
    this.slope = 1 - this.#share + this.#share * (this.#take[0] ?? 0);
  }

  /** Takes in what the outside, °C, does in this step; gives `rest`, °C. */
  beginStep(outsideC: number): number {
    const { capacity, layerResistance } = this.#surface;
    const inertia = capacity / cells / this.#stepSeconds;
    const between = 1 / Math.max(1e-4, layerResistance / cells);
    let beyond = this.#outward * outsideC;
    for (let cell = cells - 1; cell >= 0; cell--) {
      const value = (inertia * (this.#stored[cell] ?? 0) + beyond) / (this.#pivot[cell] ?? 1);
      this.#eliminated[cell] = value;
      beyond = between * value;
    }
    return this.#share * (this.#eliminated[0] ?? 0);
  }

  /** Ends the step with what the inner film saw, °C. */
  endStep(zoneC: number): void {
    let before = zoneC;
    for (let cell = 0; cell < cells; cell++) {
      before = (this.#eliminated[cell] ?? 0) + (this.#take[cell] ?? 0) * before;
      this.#stored[cell] = before;
    }
  }

  /** Stored above 0 °C, J/m². */
  storedHeat(): number {
    return this.#stored.reduce((sum, celsius) => sum + celsius, 0) * (this.#surface.capacity / cells);
  }
}
