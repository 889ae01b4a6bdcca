import { connectBroker, credentialsNamed } from "../../../drivers/index.ts";
import type { OutletContext } from "../outlet.ts";
import { retainedTopics } from "../retainedTopics.ts";
import type { Place } from "./places.ts";

/**
 * Removes what we once published on a broker, whenever that can be reached; `onSwept` when all of it is gone. Gives
 * what ends it before.
 */
export function sweep(place: Place, context: OutletContext, onSwept: () => void): () => Promise<void> {
  const { clock, random } = context;
  const { broker, credentials, caFile } = place;
  const left = new Set(place.topics);
  const connection = connectBroker(
    { broker, caFile: caFile ?? undefined },
    {
      clock,
      random,
      login: () => (credentials === null ? undefined : credentialsNamed(context, credentials)),
      onUp: () => retained.again(),
    },
  );
  const retained = retainedTopics(connection, (topic) => {
    left.delete(topic);
    if (left.size > 0) return;
    onSwept();
    void connection.close();
  });
  for (const topic of left) retained.set(topic, "");
  return () => connection.close();
}
