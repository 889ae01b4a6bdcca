import { describe, expect, it } from "vitest";
import { type Command, parseCommand } from "./command.ts";
import type { Commanded } from "./names.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a command", () => {
  it.each<[Commanded, string, Command]>([
    ["run", "ON", { kind: "run", on: true }],
    ["run", "OFF", { kind: "run", on: false }],
    ["power", "500", { kind: "power", watts: 500 }],
    ["power", "0.0", { kind: "power", watts: 0 }],
    ["thermostat", "PRESS", { kind: "thermostat" }],
    ["mode", "off", { kind: "mode", mode: "off" }],
    ["mode", "heat", { kind: "mode", mode: "heat" }],
    ["mode", "electric", { kind: "mode", mode: "heat" }],
    ["preset", "away", { kind: "preset", preset: "away" }],
    ["preset", "none", { kind: "preset", preset: "none" }],
    ["temperature", "21", { kind: "temperature", targetC: 21 }],
    ["temperature", "21.5", { kind: "temperature", targetC: 21.5 }],
    ["temperature", "20.055555555555557", { kind: "temperature", targetC: 20.06 }],
    ["temperature", "-3", { kind: "temperature", targetC: -3 }],
  ])("%s %s is understood", (what, text, command) => {
    expect(parseCommand(what, bytes(text))).toEqual({ ok: true, command });
  });

  it.each<[Commanded, string | Uint8Array, string]>([
    ["run", "on", "it must be ON or OFF"],
    ["run", "", "it must be ON or OFF"],
    ["run", "ON\n", "it must be ON or OFF"],
    ["power", "-1", "it must be a power in W"],
    ["power", "9999999", "it must be a power in W"],
    ["thermostat", "press", "it must be PRESS"],
    ["mode", "cool", "it must be off or heat"],
    ["preset", "None", "it must be one of away, boost, comfort, none"],
    ["preset", "constructor", "it must be one of"],
    ["temperature", "warm", "it must be a temperature"],
    ["temperature", "1e3", "it must be a temperature"],
    ["temperature", "NaN", "it must be a temperature"],
    ["temperature", " 21", "it must be a temperature"],
    ["temperature", "0x15", "it must be a temperature"],
    ["temperature", "٢١", "it must be a temperature"],
    ["temperature", "21".repeat(40), "it has 80 bytes"],
    ["mode", Uint8Array.of(0xff, 0xfe), "it is no text"],
    ["mode", "\u001b[2J", 'not "?[2J"'],
  ])("%s %j is refused", (what, payload, why) => {
    const parsed = parseCommand(what, typeof payload === "string" ? bytes(payload) : payload);
    expect(parsed).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });
});
