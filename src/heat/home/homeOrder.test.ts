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
  belowW: () => 0,
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
    expect(orderRoom(cooled, order(2000, 1)).wish).toEqual(cooled);
    expect(orderRoom(room, undefined).wish).toBe(room);
  });

  describe("of cooling", () => {
    /** Cooled by 200 W, and by 500 W more for each kelvin. */
    const hot = {
      ...room,
      heatW: 0,
      coolW: 200,
      belowW: (kelvin: number) => Math.max(0, 200 + 500 * kelvin),
    };
    const cooling = (coolW: number, belowK: number) => ({
      ...order(0, 4),
      cooling: { coolW, belowK, mostBelowK: 1 },
    });
    it.each([
      ["is done where the rooms end up as it foresees", cooling(430, 0.5), 430],
      ["is less where they would end up cooler than that", cooling(2000, 0.5), 450],
      ["is more where they would end up warmer than that", cooling(210, 0.5), 400],
      ["is never less than what the thermostat does", cooling(0, -1), 200],
      ["is never so much that they are cooler than they may be", cooling(5000, 3), 700],
    ])("%s", (_, asked, coolW) => {
      expect(orderRoom(hot, asked).wish.coolW).toBeCloseTo(coolW, 6);
    });

    it("counts for nothing while they want heat", () => {
      expect(orderRoom({ ...hot, coolW: 0, heatW: 300 }, cooling(450, 0.5)).wish.coolW).toBe(0);
    });
  });
});
