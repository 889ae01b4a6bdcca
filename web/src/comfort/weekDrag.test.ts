import { describe, expect, it } from "vitest";
import { dragged, type Drag } from "./weekDrag.ts";

const block = { day: 1, from: 600, to: 720, targetC: 21 };
const drag = (kind: Drag["kind"], heldAt: number): Drag => ({ kind, rest: [], block, heldAt });

describe("a block that is dragged", () => {
  it.each([
    ["paint", 607, 700, { from: 600, to: 705 }],
    ["paint", 700, 607, { from: 600, to: 705 }],
    ["paint", 1438, 1440, { from: 1425, to: 1440 }],
    ["paint", 607, 608, { from: 600, to: 615 }],
    ["move", 650, 711, { day: 2, from: 660, to: 780 }],
    ["move", 650, 0, { day: 2, from: 0, to: 120 }],
    ["move", 650, 1440, { day: 2, from: 1320, to: 1440 }],
    ["from", 600, 688, { from: 690 }],
    ["from", 600, 1000, { from: 705 }],
    ["to", 720, 1439, { to: 1440 }],
    ["to", 720, 100, { to: 615 }],
  ] as const)("by its %s from minute %i to %i", (kind, heldAt, at, changes) => {
    expect(dragged(drag(kind, heldAt), at, 2)).toEqual({ ...block, ...changes });
  });
});
