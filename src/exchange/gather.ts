import { setImmediate } from "node:timers/promises";

/**
 * Collects what comes while the work on what came before is under way, and then works on all of it at once: so a
 * commit carries more the busier it is, and a lone item waits for nobody.
 * @param work fails for all of its items alike
 * @param rest after a batch of several, before the next: so that this one is not small because the last was
 */
export function gather<Item, Outcome>(
  most: number,
  work: (items: readonly Item[]) => Promise<(item: Item) => Outcome>,
  rest: () => Promise<void> = async () => {},
): (item: Item) => Promise<Outcome> {
  const waiting: { item: Item; resolve: (outcome: Outcome) => void; reject: (thrown: unknown) => void }[] =
    [];
  let isWorking = false;
  const go = async () => {
    isWorking = true;
    while (waiting.length > 0) {
      // Who comes in the same turn of the loop comes along.
      await setImmediate();
      const batch = waiting.splice(0, most);
      try {
        const outcomeOf = await work(batch.map(({ item }) => item));
        for (const { item, resolve } of batch) resolve(outcomeOf(item));
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown);
      }
      if (batch.length > 1) await rest();
    }
    isWorking = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWorking) void go();
    });
}
