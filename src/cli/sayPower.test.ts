import { expect, it } from "vitest";
import { sayPower } from "./sayPower.ts";

const levels = { kind: "levels" as const, watts: [14.8, 18.2, 22] };
const range = { kind: "range" as const, min: 34.5, max: 120, step: 4.5 };
const until = "2026-11-26T12:00:00Z";

it.each([
  ["a power that it is set to", 14.8, 14.8, levels, ""],
  ["a power between two of its own", 20, 18.2, levels, "; 18.2 W is its next power below"],
  ["a power within its range", 40, 39, range, "; 39 W is its next power below"],
  ["a power that something keeps it from", 40, 0, range, "; for the reason told it gets 0 W now"],
  ["a power that something lowers", 22, 14.8, levels, "; for the reason told it gets 14.8 W now"],
  ["a power of one whose powers are not known", 40, 0, null, "; for the reason told it gets 0 W now"],
])("says of %s what became of it", (_, asked, setpointWatts, powers, words) => {
  expect(sayPower({ asked, until, setpointWatts, powers })).toBe(
    `asked for ${asked} W until ${until}${words}`,
  );
});
