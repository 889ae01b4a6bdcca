import type { Commanded } from "./names.ts";
import { type Preset, presets } from "./presets.ts";

/** What Home Assistant asks for. */
export type Command =
  | { readonly kind: "run"; readonly on: boolean }
  | { readonly kind: "power"; readonly watts: number }
  | { readonly kind: "thermostat" }
  | { readonly kind: "mode"; readonly mode: "off" | "heat" }
  | { readonly kind: "temperature"; readonly targetC: number }
  | { readonly kind: "preset"; readonly preset: Preset | "none" };

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly why: string };

/** Longer than anything that Home Assistant sends here. */
const maxBytes = 64;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A command from a topic's bytes, whoever sent them. */
export function parseCommand(what: Commanded, payload: Uint8Array): Parsed {
  if (payload.length > maxBytes) return refused(`it has ${payload.length} bytes`);
  const text = textOf(payload);
  if (text === undefined) return refused("it is no text");
  return parsers[what](text);
}

const parsers: { readonly [W in Commanded]: (text: string) => Parsed } = {
  run: (text) =>
    text === "ON" || text === "OFF"
      ? accepted({ kind: "run", on: text === "ON" })
      : refused(`it must be ON or OFF, not ${quoted(text)}`),
  power: (text) =>
    /^\d{1,6}(?:\.\d{1,15})?$/.test(text)
      ? accepted({ kind: "power", watts: Math.round(Number(text)) })
      : refused(`it must be a power in W, not ${quoted(text)}`),
  thermostat: (text) =>
    text === "PRESS" ? accepted({ kind: "thermostat" }) : refused(`it must be PRESS, not ${quoted(text)}`),
  mode: (text) =>
    text === "off" || text === "heat" || text === "electric"
      ? accepted({ kind: "mode", mode: text === "off" ? text : "heat" })
      : refused(`it must be off or heat, not ${quoted(text)}`),
  preset(text) {
    const preset = [...presets, "none" as const].find((name) => name === text);
    if (preset) return accepted({ kind: "preset", preset });
    return refused(`it must be one of ${presets.join(", ")}, none, not ${quoted(text)}`);
  },
  temperature: (text) =>
    /^-?\d{1,3}(?:\.\d{1,15})?$/.test(text)
      ? accepted({ kind: "temperature", targetC: Math.round(Number(text) * 100) / 100 })
      : refused(`it must be a temperature in °C, not ${quoted(text)}`),
};

const accepted = (command: Command): Parsed => ({ ok: true, command });
const refused = (why: string): Parsed => ({ ok: false, why });

function textOf(payload: Uint8Array): string | undefined {
  try {
    return decoder.decode(payload);
  } catch {
    return undefined;
  }
}

/** Without what could steer a terminal. */
const quoted = (text: string) => JSON.stringify(text.slice(0, 32).replace(/[^\x20-\x7e]/g, "?"));
