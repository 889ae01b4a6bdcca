import { describe, expect, it } from "vitest";
import { idOf } from "./idOf.ts";

describe("an id made from a name", () => {
  it.each([
    ["Living room", "living-room"],
    ["Büro & Küche!", "buro-kuche"],
    ["—", "room"],
    ["x".repeat(60), "x".repeat(48)],
  ])("calls %s %s", (name, id) => expect(idOf(name, "room")).toBe(id));
});
