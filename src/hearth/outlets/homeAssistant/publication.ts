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
  /** What waits until Home Assistant was told that entities move from one form of description to the other. */
  let afterMove: (() => void) | undefined;
  let moving: readonly string[] = [];
  async function move(): Promise<void> {
    const told = await Promise.all(
      moving.map((topic) => connection.deliver(topic, announcedMove, { retain: false })),
    );
    if (!told.every(Boolean)) return;
    const goOn = afterMove;
    [moving, afterMove] = [[], undefined];
    goOn?.();
  }
  const show = (states: ReadonlyMap<string, string>) => {
    for (const [topic, payload] of states) retained.set(topic, payload);
  };
  return {
    async begin(descriptions, others) {
      const wanted = new Set([...descriptions.keys(), ...others]);
      const old = [...ours].filter((topic) => !wanted.has(topic));
      for (const topic of wanted) ours.add(topic);
      await keep();
      moving = old.filter((topic) => isMoved(topic, [...descriptions.keys()]));
      afterMove = () => {
        show(descriptions);
        for (const topic of old) retained.set(topic, "");
      };
      await move();
    },
    show,
    again() {
      retained.again();
      if (afterMove) void move();
    },
  };
}

/** Home Assistant then keeps what its owner set of an entity, such as its name, though its description goes. */
const announcedMove = JSON.stringify({ migrate_discovery: true });

const deviceForm = /\/device\/([^/]+)\/config$/;
const componentForm = /\/([^/]+)\/[^/]+\/config$/;
const formOf = (topic: string) => {
  const whole = deviceForm.exec(topic);
  return { isWhole: whole !== null, node: (whole ?? componentForm.exec(topic))?.[1] };
};

/** Whether a device that was described there is described in the other form now. */
function isMoved(old: string, descriptions: readonly string[]): boolean {
  const before = formOf(old);
  if (before.node === undefined) return false;
  return descriptions.map(formOf).some(({ isWhole, node }) => {
    return node === before.node && isWhole !== before.isWhole;
  });
}
