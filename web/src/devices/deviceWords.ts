import type { Heater, Json, Sink } from "../api.ts";
import { isEntry } from "../fields/entries.ts";

/** Which driver handles a device, and where it is: "axeos at 192.168.1.23". */
export function placeWords(entry: Json | undefined): string {
  if (!isEntry(entry)) return "";
  const { driver, address, url, broker, topic } = entry;
  const place = wordsAmong(address ?? url ?? broker, topic).join(" ");
  return wordsAmong(driver, place === "" ? undefined : place).join(" at ");
}

const wordsAmong = (...values: (Json | undefined)[]): readonly string[] =>
  values.filter((value) => typeof value === "string");

/** How far a heater is trusted. */
export function trialWords({ status, powers }: Heater["trial"]): string {
  const proven = powers.filter(({ outcome }) => outcome === "proven").length;
  const some = `${proven} of ${powers.length} powers proven`;
  const words: Readonly<Record<typeof status, string>> = {
    waiting: `On trial: ${some}, goes on when its room may be heated.`,
    running: `On trial: ${some}, one is being tried.`,
    failed: "Its trial failed: it is not run.",
    proven: proven < powers.length ? `Tried: ${some}.` : "Tried: all its powers are proven.",
    skipped: "Trusted without a trial.",
  };
  return words[status];
}

const sensors: Readonly<Record<Sink["sensor"], string>> = {
  fresh: "Tells the room's temperature.",
  late: "Is late: the temperature is estimated for a while.",
  lost: "Is silent: the room's fallback acts.",
  absurd: "Tells what cannot be: the room's fallback acts.",
};

export const sensorWords = ({ sensor }: Sink): string => sensors[sensor];
