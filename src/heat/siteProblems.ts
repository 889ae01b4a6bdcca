import { Celsius, Watts } from "../domain/index.ts";
import type { ControlConfig, SinkConfig } from "./controlConfig.ts";
import { steadyRoom } from "./room.ts";

/** What nobody watches has to be safe when it is mild outside, too. */
export const mildDay = Celsius(15);

/** What is unsafe about a site as a whole, once its heaters say what they are; empty when nothing is. */
export function siteProblems(config: ControlConfig): readonly string[] {
  return [
    ...powerReturnProblems(config),
    ...config.sinks.flatMap((sink) => unattendedProblems(config, sink)),
  ];
}

/** After an outage everything starts before the hearth does. */
function powerReturnProblems({ heaters, feeder }: ControlConfig): readonly string[] {
  const sum = heaters.reduce((watts, { traits }) => watts + traits.powerReturnWatts, 0);
  if (sum <= feeder.maxWatts) return [];
  const most = heaters.filter(({ traits }) => traits.powerReturnWatts > 0);
  const named = most.map(({ id, traits }) => `${id} ${Math.round(traits.powerReturnWatts)} W`).join(", ");
  return [
    `when the mains come back after an outage, its heaters draw ${Math.round(sum)} W before the hearth says anything (${named}), and the feeder carries ${feeder.maxWatts} W; put some behind plugs, which stay off then`,
  ];
}

/** Heaters that may run on when the hearth dies must not bring their room above its limit, all together. */
function unattendedProblems({ heaters }: ControlConfig, sink: SinkConfig): readonly string[] {
  const left = heaters.flatMap(({ id, sink: own, traits, heatShare }) => {
    const { guard } = traits.safeState;
    return own === sink.id && guard.by === "unattended-watts" ? [{ id, heat: guard.watts * heatShare }] : [];
  });
  if (left.length === 0) return [];
  if (sink.kind === "tank") {
    const named = left.map(({ id }) => id).join(", ");
    return [
      `left alone, ${named} would heat ${sink.id} on, and a tank is never heated unwatched; put it behind a plug, whose timer cuts it`,
    ];
  }
  const heat = left.reduce((sum, heater) => sum + heater.heat, 0);
  const { air } = steadyRoom(sink.model, { outdoor: mildDay, heat: Watts(heat) });
  if (air <= sink.limits.maxC) return [];
  return [
    `left alone, ${left.map(({ id }) => id).join(", ")} would bring ${sink.id} to ${air.toFixed(0)} °C on a day of ${mildDay} °C, above its limit of ${sink.limits.maxC} °C; lower unattendedWatts, or put it behind a plug`,
  ];
}
