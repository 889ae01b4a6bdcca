import type { BrokerConnection } from "../../../drivers/index.ts";
import type { HomeAssistantConfig } from "../../config/outletsConfig.ts";
import { retainedTopics } from "../retainedTopics.ts";
import type { Places } from "./places.ts";

/** What the broker retains of ours. */
export interface Publication {
  /**
   * Publishes descriptions, and removes what was published before and is not among them nor among `others`, the topics
   * that `show` will set. All are remembered first, so that a crash leaves nothing behind that nobody would remove.
   */
  begin(descriptions: ReadonlyMap<string, string>, others: readonly string[]): Promise<void>;
  /** What topics hold now. */
  show(states: ReadonlyMap<string, string>): void;
  /** Publishes all of it again. */
  again(): void;
}

export function publication(
  { broker, credentials, caFile }: HomeAssistantConfig,
  connection: Pick<BrokerConnection, "deliver">,
  places: Places,
): Publication {
  const ours = new Set(places.of(broker)?.topics);
  const login = { credentials: credentials ?? null, caFile: caFile ?? null };
  const keep = () => places.keep({ broker, ...login, topics: [...ours] });
  const retained = retainedTopics(connection, (topic) => {
    ours.delete(topic);
    void keep();
  });
  const show = (states: ReadonlyMap<string, string>) => {
    for (const [topic, payload] of states) retained.set(topic, payload);
  };
  return {
    async begin(descriptions, others) {
      const wanted = new Set([...descriptions.keys(), ...others]);
      const old = [...ours].filter((topic) => !wanted.has(topic));
      for (const topic of wanted) ours.add(topic);
      await keep();
      for (const topic of old) retained.set(topic, "");
      show(descriptions);
    },
    show,
    again: () => retained.again(),
  };
}
