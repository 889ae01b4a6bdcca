import { describe, expect, it } from "vitest";
import { justDisinfected, legionellaRule, mustDisinfect, watchLegionella } from "./legionella.ts";

const hours = (count: number) => count * 3600;
const tank = { joulesPerKelvin: 200 * 4180, meanC: 50, powerW: 3000 };

describe("the legionella cycle", () => {
  it("is done once the coldest layer was at 60 °C for the whole time", () => {
    let state = { heldSeconds: 0, sinceSeconds: hours(160) };
    state = watchLegionella(legionellaRule, state, 60, 900);
    expect(state).toEqual({ heldSeconds: 900, sinceSeconds: hours(160) + 900 });
    state = watchLegionella(legionellaRule, state, 61, 900);
    expect(state.sinceSeconds).toBe(0);
  });

  it("begins its time anew when the tank cools in between", () => {
    const half = watchLegionella(legionellaRule, justDisinfected, 60, 900);
    expect(watchLegionella(legionellaRule, half, 59.9, 900)).toEqual({ heldSeconds: 0, sinceSeconds: 1800 });
  });

  it("starts early enough for what heats the tank", () => {
    const after = (elapsed: number, powerW = tank.powerW) =>
      mustDisinfect(legionellaRule, { heldSeconds: 0, sinceSeconds: hours(elapsed) }, { ...tank, powerW });
    expect(after(160)).toBe(false);
    expect(after(166)).toBe(true);
    expect(after(160, 500)).toBe(true);
  });

  it("starts at once where nothing can heat it, so that the miss is seen", () => {
    expect(mustDisinfect(legionellaRule, justDisinfected, { ...tank, powerW: 0 })).toBe(true);
  });
});
