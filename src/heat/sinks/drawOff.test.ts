import { describe, expect, it } from "vitest";
import { drawOffProfiles, drawOffShare, tapDraw } from "./drawOff.ts";

describe("draw-off", () => {
  it.each(drawOffProfiles)("%s draws a day's water in a day", (profile) => {
    const day = Array.from({ length: 24 }, (_, hour) => drawOffShare(profile, hour));
    expect(day.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it("takes less of a hotter tank: 45 litres of 60 °C and 55 of 10 °C are 100 of 32.5 °C", () => {
    expect(tapDraw({ litres: 100, tapC: 32.5, mainsC: 10 }, 60).tankLitres).toBeCloseTo(45, 9);
  });

  it("takes all of it from a tank that is too cold, and knows what was wanted", () => {
    const { tankLitres, wantedJ } = tapDraw({ litres: 10, tapC: 40, mainsC: 10 }, 35);
    expect(tankLitres).toBe(10);
    expect(wantedJ).toBe(10 * 4180 * 30);
  });
});
