import { array, assert, double, property } from "fast-check";
import { expect, it } from "vitest";
import { WallColumn } from "./wallColumn.ts";

const stepSeconds = 900;
const inner = 7.7;

it("stores what enters, to the joule, when nothing can leave", () => {
  const celsius = double({ min: -20, max: 60, noNaN: true });
  assert(
    property(celsius, array(celsius, { minLength: 1, maxLength: 50 }), (start, zone) => {
      const surface = {
        areaM2: 1,
        position: "wall",
        capacity: 140_000,
        layerResistance: 0.2,
        insulation: 1e12,
      } as const;
      const column = new WallColumn(surface, stepSeconds, start);
      column.setFilms(inner, 20);
      const before = column.storedHeat();
      let entered = 0;
      for (const seen of zone) {
        const rest = column.beginStep(0);
        entered += inner * (seen - (rest + column.slope * seen)) * stepSeconds;
        column.endStep(seen);
      }
      expect(column.storedHeat() - before).toBeCloseTo(entered, 1);
    }),
  );
});

it("lets through what its U-value says once it is at rest", () => {
  const surface = {
    areaM2: 1,
    position: "wall",
    capacity: 50_000,
    layerResistance: 0.1,
    insulation: 2,
  } as const;
  const column = new WallColumn(surface, stepSeconds, 0);
  column.setFilms(inner, 25);
  let entering = 0;
  for (let step = 0; step < 2000; step++) {
    const rest = column.beginStep(-10);
    entering = inner * (20 - (rest + column.slope * 20));
    column.endStep(20);
  }
  expect(entering).toBeCloseTo(30 / (1 / inner + 0.1 + 2 + 1 / 25), 6);
});
