import type { BrokerConnection } from "../../drivers/index.ts";

/** Topics of a broker that shall hold what we say, for whoever subscribes later. */
export interface RetainedTopics {
  /** What the topic shall hold from now on; the empty text removes it. */
  set(topic: string, payload: string): void;
  /** Says everything again, as after the broker was away. */
  again(): void;
}

/** Enough to keep a line busy, few enough for a slow one. */
const inFlight = 20;

/**
 * Keeps topics of a broker at what was set last. Only the newest payload of a topic waits, so a slow or dead broker
 * costs no more than one payload a topic.
 */
export function retainedTopics(
  connection: Pick<BrokerConnection, "deliver">,
  onRemoved: (topic: string) => void = () => {},
): RetainedTopics {
  const wanted = new Map<string, string>();
  const dirty = new Set<string>();
  let isPumping = false;

  async function send(topic: string): Promise<boolean> {
    const payload = wanted.get(topic) ?? "";
    dirty.delete(topic);
    const isConfirmed = await connection.deliver(topic, payload, { retain: true });
    if (!isConfirmed) dirty.add(topic);
    else if (payload === "" && wanted.get(topic) === "") {
      wanted.delete(topic);
      onRemoved(topic);
    }
    return isConfirmed;
  }

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    try {
      let isUp = true;
      while (isUp && dirty.size > 0) {
        isUp = (await Promise.all([...dirty].slice(0, inFlight).map(send))).every(Boolean);
      }
    } finally {
      isPumping = false;
    }
  }

  return {
    set(topic, payload) {
      if (wanted.get(topic) === payload) return;
      wanted.set(topic, payload);
      dirty.add(topic);
      void pump();
    },
    again() {
      dirty.clear();
      for (const topic of wanted.keys()) dirty.add(topic);
      void pump();
    },
  };
}
