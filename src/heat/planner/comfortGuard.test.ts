import { describe, expect, it } from "vitest";
import { type ComfortGuard, guardComfort } from "./comfortGuard.ts";

const wanted = { least: 20, most: 23, tolerance: 0.3 };

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
});
