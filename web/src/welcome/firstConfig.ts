import type { Entry, FirstConfig } from "../api.ts";

/** What the first run asks for, as it is typed. */
export interface FirstDraft {
  readonly site: Entry;
  readonly room: { readonly name: string; readonly areaM2: number; readonly sensor: Entry };
  readonly heater: Entry;
}

/** The first hearth.yaml: one room with an ordinary week, one heater. */
export function firstConfigOf({ site, room, heater }: FirstDraft): FirstConfig {
  const sink = idOf(room.name, "room");
  const name = typeof heater["name"] === "string" ? heater["name"] : "";
  return {
    site,
    sinks: [
      {
        id: sink,
        name: room.name,
        sensor: room.sensor,
        comfort: { setBackC: 18, week: [{ from: "06:30", to: "22:30", targetC: 21 }] },
        model: { areaM2: room.areaM2 },
      },
    ],
    heaters: [{ id: idOf(name, "heater"), ...heater, sink }],
  };
}

/** "Living room" → "living-room"; what has no letters goes by its kind. */
export function idOf(name: string, kind: string): string {
  const id = name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, "");
  return id === "" ? kind : id;
}
