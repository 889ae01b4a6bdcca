import { z } from "zod";
import type { OutletContext } from "../outlet.ts";

/** A broker with the topics that we retain there. */
const placeSchema = z.object({
  broker: z.string(),
  credentials: z.string().nullable(),
  caFile: z.string().nullable(),
  topics: z.array(z.string()).max(10_000),
});
export type Place = z.output<typeof placeSchema>;

/** Brokers that are gone for ever are not remembered for ever. */
const maxPlaces = 8;

/** Remembers over restarts what was published where, so that it can be removed when it is no longer wanted. */
export interface Places {
  of(broker: string): Place | undefined;
  all(): readonly Place[];
  /** Resolves once it is kept, or cannot be. */
  keep(place: Place): Promise<void>;
  forget(broker: string): Promise<void>;
}

/** @param memo the name under which the store remembers them */
export async function recallPlaces(
  { memory, ...context }: OutletContext,
  memo: "home-assistant" | "mqtt-alarms",
): Promise<Places> {
  const fault = (thrown: unknown) => context.onFault(thrown);
  const kept = z.array(placeSchema).safeParse(await memory.recall(memo).catch(fault)).data ?? [];
  const places = new Map(kept.map((place) => [place.broker, place]));
  let writing = Promise.resolve();
  const write = () => {
    const value = [...places.values()].slice(-maxPlaces);
    writing = writing.then(() => memory.remember(memo, value.length === 0 ? null : value)).catch(fault);
    return writing;
  };
  return {
    of: (broker) => places.get(broker),
    all: () => [...places.values()],
    keep(place) {
      places.delete(place.broker);
      if (place.topics.length > 0) places.set(place.broker, place);
      return write();
    },
    forget(broker) {
      places.delete(broker);
      return write();
    },
  };
}
