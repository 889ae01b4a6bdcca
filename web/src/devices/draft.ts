import type { Entry } from "../api.ts";

/** What is being added or changed. */
export interface Draft {
  readonly kind: "heater" | "room";
  /** Undefined for what is new. */
  readonly id: string | undefined;
  readonly entry: Entry;
}
