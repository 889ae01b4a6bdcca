import { type Clock, Seconds } from "../../domain/index.ts";
import type { JobHome } from "./jobHome.ts";

/** How a home fared on its network, since it joined; by the home's time. */
export interface HomeAccount {
  /** What it is known as at the exchange; null before it joined. */
  readonly provider: string | null;
  readonly hours: number;
  readonly heatWantedKwh: number;
  /** What its meter counted while tasks ran, kWh. */
  readonly taskKwh: number;
  /** Means of the time in which it asked for anything, of an hour of a reference core: of its cheapest slot, and of its dearest. */
  readonly cheapest: number | null;
  readonly dearest: number | null;
  readonly temperatureC: number;
}

const every = Seconds(10);

/** Looks at a home every 10 s of its time until the signal aborts. */
export function watchHome(home: JobHome, clock: Clock, signal: AbortSignal): () => HomeAccount {
  let [hours, wanted, task, asking, cheapest, dearest] = [0, 0, 0, 0, 0, 0];
  let provider: string | null = null;
  let seenAt = clock.monotonic();

  const look = () => {
    const now = clock.monotonic();
    const passed = (now - seenAt) / 3600;
    seenAt = now;
    const { exchange } = home.live.hearth.view();
    if (exchange?.state !== "joined") return;
    provider = exchange.provider;
    hours += passed;
    wanted += (passed * exchange.heatWantedWatts) / 1000;
    if (home.host.running() > 0) task += (passed * home.host.watts()) / 1000;
    const [first, last] = [exchange.asks[0], exchange.asks.at(-1)];
    if (!first || !last) return;
    asking += passed;
    cheapest += passed * Number(first.perClassHour.amount);
    dearest += passed * Number(last.perClassHour.amount);
  };
  void (async () => {
    while (!signal.aborted) {
      await clock.sleep(every, signal);
      if (!signal.aborted) look();
    }
  })();
  return () => ({
    provider,
    hours,
    heatWantedKwh: wanted,
    taskKwh: task,
    cheapest: asking > 0 ? cheapest / asking : null,
    dearest: asking > 0 ? dearest / asking : null,
    temperatureC: home.temperature(),
  });
}
