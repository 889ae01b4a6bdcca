import { Celsius, type HeaterId, Watts } from "../domain/index.ts";
import type { ControlConfig, HeaterConfig, SinkConfig } from "./controlConfig.ts";
import { steadyRoom } from "./room.ts";

/** What nobody watches has to be safe when it is mild outside, too. */
export const mildDay = Celsius(15);

/** What of a site tells whether it is safe as a whole. */
export interface SiteSafety {
  readonly feeder: ControlConfig["feeder"];
  readonly sinks: readonly Pick<SinkConfig, "id" | "kind" | "model" | "limits">[];
  readonly heaters: readonly Pick<HeaterConfig, "id" | "sink" | "traits" | "heatShare">[];
}

/** Heaters that are not safe together, each by itself though they may be. */
export interface SiteProblem {
  readonly kind: "power-return" | "unattended";
  readonly heaters: readonly HeaterId[];
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** What is unsafe about a site as a whole, once its heaters say what they are; empty when nothing is. */
export function siteProblems(site: SiteSafety): readonly SiteProblem[] {
  return [...powerReturnProblems(site), ...site.sinks.flatMap((sink) => unattendedProblems(site, sink))];
}

/** After an outage everything starts before the hearth does. */
function powerReturnProblems({ heaters, feeder }: SiteSafety): readonly SiteProblem[] {
  const sum = heaters.reduce((watts, { traits }) => watts + traits.powerReturnWatts, 0);
  if (sum <= feeder.maxWatts) return [];
  const most = heaters.filter(({ traits }) => traits.powerReturnWatts > 0);
  const named = most.map(({ id, traits }) => `${id} ${Math.round(traits.powerReturnWatts)} W`).join(", ");
  return [
    {
      kind: "power-return",
      heaters: most.map(({ id }) => id),
      message: `when the mains come back after an outage, its heaters draw ${Math.round(sum)} W before the hearth says anything (${named}), and the feeder carries ${feeder.maxWatts} W; put some behind plugs (\`plug:\`), which stay off then`,
    },
  ];
}

/** Heaters that may run on when the hearth dies must not bring their room above its limit, all together. */
function unattendedProblems(
  { heaters }: SiteSafety,
  sink: SiteSafety["sinks"][number],
): readonly SiteProblem[] {
  const left = heaters.flatMap(({ id, sink: own, traits, heatShare }) => {
    const { guard } = traits.safeState;
    return own === sink.id && guard.by === "unattended-watts" ? [{ id, heat: guard.watts * heatShare }] : [];
  });
  if (left.length === 0) return [];
  const ids = left.map(({ id }) => id);
  if (sink.kind === "tank") {
    return [
      {
        kind: "unattended",
        heaters: ids,
        message: `left alone, ${ids.join(", ")} would heat ${sink.id} on, and a tank is never heated unwatched; put it behind a plug (\`plug:\`), whose timer cuts it`,
      },
    ];
  }
  const heat = left.reduce((sum, heater) => sum + heater.heat, 0);
  const { air } = steadyRoom(sink.model, { outdoor: mildDay, heat: Watts(heat) });
  if (air <= sink.limits.maxC) return [];
  return [
    {
      kind: "unattended",
      heaters: ids,
      message: `left alone, ${ids.join(", ")} would bring ${sink.id} to ${air.toFixed(0)} °C on a day of ${mildDay} °C, above its limit of ${sink.limits.maxC} °C; lower unattendedWatts, or put it behind a plug (\`plug:\`)`,
    },
  ];
}
