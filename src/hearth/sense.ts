import type { Clock, Seconds, SiteEvent } from "../domain/index.ts";
import type { TaskClaim } from "../heat/index.ts";
import type { HeaterPort } from "./heaterPort.ts";
import { type Outside, outdoorAt } from "./outside.ts";
import type { RoundInput } from "./round.ts";
import type { SiteSetup } from "./siteSetup.ts";

/** All that came in since the last round; what is taken is not given again. */
export function sense(
  { clock, inbox }: { readonly clock: Clock; readonly inbox: SiteEvent[] },
  setup: SiteSetup,
  ports: readonly HeaterPort[],
  plugs: readonly HeaterPort[],
  elapsed: Seconds,
  outside: Outside,
  claims: Readonly<Record<string, TaskClaim>> = {},
): RoundInput {
  const mains = setup.meter?.drain();
  return {
    events: inbox.splice(0),
    heard: Object.fromEntries(ports.map((port) => [port.id, port.drain()])),
    ...(mains ? { mains } : {}),
    solar: setup.solar,
    loads: {
      configs: setup.loads ?? [],
      inputs: Object.fromEntries(plugs.map((port) => [port.id, port.snapshot()])),
      heard: Object.fromEntries(plugs.map((port) => [port.id, port.drain()])),
    },
    sensed: Object.fromEntries(setup.sinks.map(({ id, sensor }) => [id, sensor.drain()])),
    control: {
      ...sensed(clock, setup, ports, elapsed, claims),
      mains: mains?.at(-1)?.watts,
      outdoor: outdoorAt(outside, clock.now()),
    },
    outside,
  };
}

/** What devices say now; it takes nothing away. */
export const sensed = (
  clock: Clock,
  { sinks }: SiteSetup,
  ports: readonly HeaterPort[],
  elapsed: Seconds,
  claims: Readonly<Record<string, TaskClaim>> = {},
): RoundInput["control"] => ({
  at: clock.now(),
  elapsed,
  sensors: Object.fromEntries(
    sinks.map(({ id, sensor }) => [id, { reading: sensor.latest(), trouble: sensor.trouble() }]),
  ),
  heaters: Object.fromEntries(ports.map((port) => [port.id, { ...port.snapshot(), tasks: claims[port.id] }])),
});
