import { describe, expect, it } from "vitest";
import type { RoomWish } from "./dwelling.ts";
import { orderRoom } from "./homeOrder.ts";

/** A room that takes 1 kW for what is wanted, and as much again for each kelvin more. */
const room: RoomWish = {
  heatW: 1000,
  leastHeatW: 500,
  mostHeatW: 1500,
  coolW: 0,
  aboveW: (kelvin) => Math.max(0, 1000 + 1000 * kelvin),
};
const order = (pumpW: number, aboveK: number) => ({
  heat: { heater: 500, "heat-pump": pumpW },
  aboveK,
  mostAboveK: 1,
});

describe("what a plan asks for the rooms", () => {
  it.each([
    ["is given where the rooms end up as it foresees", order(700, 0.2), 1200],
    ["is less where they would end up warmer than that", order(2500, 0.2), 1300],
    ["is more where they would end up colder than that", order(100, 0.2), 1100],
    ["is never so little that they are colder than is wanted", order(0, -0.8), 950],
    ["is never so much that they are warmer than they may be", order(5000, 3), 2000],
  ])("%s", (_, asked, heatW) => {
    expect(orderRoom(room, asked).wish.heatW).toBeCloseTo(heatW, 6);
  });

  it("is shared among the sources as the plan says", () => {
    expect(orderRoom(room, order(1500, 2)).shares).toEqual({ heater: 0.25, "heat-pump": 0.75 });
  });

  it("is overruled by the thermostat, that then chooses the source, where it would give nothing to cold rooms", () => {
    const { wish, shares, isOverruled } = orderRoom(room, { heat: {}, aboveK: -1, mostAboveK: 1 });
    expect([wish.heatW, shares, isOverruled]).toEqual([950, undefined, true]);
  });

  it("counts for nothing where they are cooled, or where no plan may act", () => {
    const cooled = { ...room, heatW: 0, coolW: 300 };
    expect(orderRoom(cooled, order(2000, 1)).wish).toBe(cooled);
    expect(orderRoom(room, undefined).wish).toBe(room);
  });
});
