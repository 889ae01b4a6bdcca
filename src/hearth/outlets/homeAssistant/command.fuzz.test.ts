import * as fc from "fast-check";
import { expect, it } from "vitest";
import { parseCommand } from "./command.ts";
import type { Commanded } from "./names.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const kinds: readonly Commanded[] = ["run", "power", "thermostat", "mode", "temperature", "preset"];
const runs = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);

it(`is one of few or refused in few plain words, for each of ${runs} payloads`, { timeout: 0 }, () => {
  const word = fc.constantFrom(
    "ON",
    "OFF",
    "heat",
    "off",
    "away",
    "none",
    "21.5",
    "-",
    ".",
    "1",
    "e",
    " ",
    "\0",
    "é",
  );
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.array(word, { maxLength: 5 }).map((words) => bytes(words.join(""))),
    fc.double().map((value) => bytes(String(value))),
  );
  let accepted = 0;
  fc.assert(
    fc.property(fc.constantFrom(...kinds), payload, (what, raw) => {
      const parsed = parseCommand(what, raw);
      if (!parsed.ok) {
        expect(parsed.why).toMatch(/^[\x20-\x7e°]{5,120}$/);
        return;
      }
      accepted += 1;
      const { command } = parsed;
      expect(command.kind).toBe(what);
      if (command.kind === "temperature") expect(Math.abs(command.targetC)).toBeLessThan(1000);
    }),
    { numRuns: runs },
  );
  expect(accepted).toBeGreaterThan(0);
});
