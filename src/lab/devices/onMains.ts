import { type Clock, Seconds } from "../../domain/index.ts";
import type { FaultyServer, WireFault } from "./faultyServer.ts";

export interface OnMainsOptions {
  readonly clock: Clock;
  /** How long it takes from power to its first answer. Default 0. */
  readonly boot?: Seconds | undefined;
}

/** A virtual device's way to the network, which it has only while it has power. */
export interface OnMains {
  suffer(fault: WireFault | undefined): Promise<void>;
  /** Resolves when it answers, or at once where it takes time to boot. */
  plugIn(): Promise<void>;
  unplug(): Promise<void>;
}

export function onMains(server: FaultyServer, { clock, boot = Seconds(0) }: OnMainsOptions): OnMains {
  let wire: WireFault | undefined;
  let isUp = true;
  let plugged = new AbortController();
  const follow = () => server.suffer(isUp ? wire : "unplugged");
  const answer = () => {
    isUp = true;
    return follow();
  };
  return {
    suffer(fault) {
      wire = fault;
      return follow();
    },
    async plugIn() {
      plugged.abort();
      const { signal } = (plugged = new AbortController());
      if (boot <= 0) await answer();
      else void clock.sleep(boot, signal).then(() => (signal.aborted ? undefined : answer()));
    },
    unplug() {
      plugged.abort();
      isUp = false;
      return follow();
    },
  };
}
