import { describe, expect, it } from "vitest";
import { comfortRange } from "./comfortRange.ts";
import { blockAfterKey } from "./weekKeys.ts";

const room = comfortRange({ kind: "room" });
const block = { day: 1, from: 600, to: 660, targetC: 21 };
const press = (key: string, changes = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...changes,
});

describe("keys on a block", () => {
  it.each([
    [press("ArrowRight"), { from: 615, to: 675 }],
    [press("ArrowLeft"), { from: 585, to: 645 }],
    [press("ArrowRight", { shiftKey: true }), { from: 600, to: 675 }],
    [press("ArrowLeft", { shiftKey: true }), { from: 600, to: 645 }],
    [press("ArrowLeft", { altKey: true }), { from: 585, to: 660 }],
    [press("ArrowUp"), { day: 0 }],
    [press("ArrowDown"), { day: 2 }],
    [press("+"), { targetC: 21.5 }],
    [press("-"), { targetC: 20.5 }],
  ])("%j", (key, changes) =>
    expect(blockAfterKey(key, [block], block, room)).toEqual({ ...block, ...changes }),
  );

  it("keep the temperature in its bounds", () => {
    const hot = { ...block, targetC: 30 };
    expect(blockAfterKey(press("="), [hot], hot, room)).toEqual(hot);
    const tank = comfortRange({ kind: "tank" });
    expect(blockAfterKey(press("="), [hot], hot, tank)).toEqual({ ...hot, targetC: 30.5 });
    const cold = { ...block, targetC: 20 };
    expect(blockAfterKey(press("-"), [cold], cold, tank)).toEqual(cold);
  });

  it.each([press("Tab"), press("a"), press("ArrowLeft", { ctrlKey: true })])("are left alone: %j", (key) => {
    expect(blockAfterKey(key, [block], block, room)).toBeUndefined();
  });
});
