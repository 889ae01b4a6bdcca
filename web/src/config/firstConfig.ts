import type { Entry, FirstConfig } from "../api.ts";
import { idOf } from "../fields/idOf.ts";

/** What the first run asks for, as it is typed. */
export interface FirstDraft {
  readonly site: Entry;
  readonly room: { readonly name: string; readonly areaM2: number; readonly sensor: Entry };
  readonly heater: Entry;
}

/** A room as hearth.yaml names it, with an ordinary week. */
export const roomEntry = ({ name, areaM2, sensor }: FirstDraft["room"]): Entry => ({
  name,
  sensor,
  comfort: { setBackC: 18, week: [{ from: "06:30", to: "22:30", targetC: 21 }] },
  model: { areaM2 },
});

/** The first hearth.yaml: one room with an ordinary week, one heater. */
export function firstConfigOf({ site, room, heater }: FirstDraft): FirstConfig {
  const sink = idOf(room.name, "room");
  const name = typeof heater["name"] === "string" ? heater["name"] : "";
  return {
    site,
    sinks: [{ id: sink, ...roomEntry(room) }],
    heaters: [{ id: idOf(name, "heater"), ...heater, sink }],
  };
}
