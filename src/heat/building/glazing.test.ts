import { describe, expect, it } from "vitest";
import { angularModifier, diffuseModifier, overhangShade, skyBelowOverhang } from "./glazing.ts";

const at = (uValue: number, degrees: number) => angularModifier(uValue)(Math.cos((degrees * Math.PI) / 180));

describe("a glazing", () => {
  it("lets in less the flatter light falls in", () => {
    const angles = [0, 30, 50, 60, 70, 80, 89].map((angle) => at(3, angle));
    expect(angles[0]).toBeCloseTo(1, 6);
    expect(angles).toEqual(angles.toSorted((one, other) => other - one));
    expect(angles.at(-1)).toBeLessThan(0.1);
  });

  it.each([
    [40, 0.98],
    [50, 0.95],
    [60, 0.87],
    [70, 0.68],
    [80, 0.33],
  ])("of two clear panes lets in at %d° what is known of it", (angle, expected) => {
    expect(at(3, angle)).toBeCloseTo(expected, 1);
  });

  it("lets in less of diffuse light the more panes it has", () => {
    expect(diffuseModifier(5.8)).toBeGreaterThan(diffuseModifier(3));
    expect(diffuseModifier(3)).toBeGreaterThan(diffuseModifier(0.8));
    expect(diffuseModifier(3)).toBeCloseTo(0.88, 1);
  });
});

describe("an overhang", () => {
  const overhang = { depthM: 1, gapM: 0.5 };
  it.each([
    ["nothing of a low sun", 0.4, 0],
    ["half a window at 56°", 1.5, 0.5],
    ["all of a high one", 5, 1],
  ])("shades %s", (_what, tanProfile, shade) => {
    expect(overhangShade(overhang, 2, tanProfile)).toBeCloseTo(shade, 6);
  });

  it("hides less of the sky the shorter it is", () => {
    expect(skyBelowOverhang({ depthM: 0, gapM: 0.5 }, 2)).toBe(1);
    expect(skyBelowOverhang(overhang, 2)).toBeLessThan(skyBelowOverhang({ depthM: 0.3, gapM: 0.5 }, 2));
  });
});
