import { describe, expect, it } from "vitest";
import { type ComfortGuard, guardComfort } from "./comfortGuard.ts";

const wanted = { least: 20, most: 23, tolerance: 0.3, back: { fromCold: 0.1, fromHot: 0.1 } };

describe("the guard of comfort", () => {
  it.each<[ComfortGuard, number | undefined, ComfortGuard]>([
    ["plan", 20, "plan"],
    ["plan", 19.75, "plan"],
    ["plan", 19.65, "too-cold"],
    ["too-cold", 20.05, "too-cold"],
    ["too-cold", 20.15, "plan"],
    ["plan", 23.25, "plan"],
    ["plan", 23.35, "too-hot"],
    ["too-hot", 22.95, "too-hot"],
    ["too-hot", 22.85, "plan"],
    ["too-hot", 19, "too-cold"],
    ["too-cold", 24, "too-hot"],
    ["plan", undefined, "too-cold"],
  ])("was %s, at %s °C is %s", (before, temperature, after) => {
    expect(guardComfort(before, { ...wanted, temperature })).toBe(after);
  });

  it("has a way back of its own on either side", () => {
    const sink = { least: 20, most: 23, tolerance: 0, back: { fromCold: 0.5, fromHot: 0 } };
    expect(guardComfort("too-cold", { ...sink, temperature: 20.4 })).toBe("too-cold");
    expect(guardComfort("too-cold", { ...sink, temperature: 20.5 })).toBe("plan");
    expect(guardComfort("too-hot", { ...sink, temperature: 23 })).toBe("plan");
  });
});
