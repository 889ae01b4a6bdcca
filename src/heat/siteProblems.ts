import { Celsius, type HeaterId, Watts } from "../domain/index.ts";
import type { ControlConfig, HeaterConfig, RoomSink, TankSink } from "./controlConfig.ts";
import { disinfectionC } from "./disinfection.ts";
import { tankReach } from "./performance.ts";
import { steadyRoom } from "./room.ts";
import { tankJoulesPerKelvin } from "./sinks/tank.ts";
import { targetRange, withinTargets } from "./targetRange.ts";
import { lowestStep, stepsOf } from "./steps.ts";

/** What nobody watches has to be safe when it is mild outside, too. */
export const mildDay = Celsius(15);

/** What of a site tells whether it is safe as a whole. */
export interface SiteSafety {
  readonly feeder: ControlConfig["feeder"];
  readonly sinks: readonly (
    | Pick<RoomSink, "id" | "kind" | "model" | "limits">
    | Pick<TankSink, "id" | "kind" | "model" | "limits" | "litres" | "comfort" | "disinfection">
  )[];
  readonly heaters: readonly Pick<HeaterConfig, "id" | "sink" | "traits" | "heatShare" | "minOn">[];
}

/** Heaters that are not safe together, each by itself though they may be. */
export interface SiteProblem {
  readonly kind:
    | "power-return"
    | "never-fits"
    | "unattended"
    | "slow-guard"
    | "long-least-time"
    | "cannot-disinfect";
  readonly heaters: readonly HeaterId[];
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** What is unsafe about a site as a whole, once its heaters say what they are; empty when nothing is. */
export function siteProblems(site: SiteSafety): readonly SiteProblem[] {
  return [
    ...powerReturnProblems(site),
    ...neverFits(site),
    ...site.sinks.flatMap((sink) => [
      ...unattendedProblems(site, sink),
      ...(sink.kind === "tank" ? tankProblems(site, sink) : []),
    ]),
  ];
}

function neverFits({ heaters, feeder }: SiteSafety): readonly SiteProblem[] {
  return heaters.flatMap(({ id, traits }) => {
    const least = lowestStep(stepsOf(traits));
    if (least <= feeder.maxWatts) return [];
    const message = `${id} draws ${Math.round(least)} W at least, and the feeder carries ${feeder.maxWatts} W: it would never run`;
    return [{ kind: "never-fits", heaters: [id], message }];
  });
}

type SafetyTank = Extract<SiteSafety["sinks"][number], { kind: "tank" }>;

const tankProblems = (site: SiteSafety, tank: SafetyTank): readonly SiteProblem[] => [
  ...slowGuards(site, tank),
  ...longLeastTimes(site, tank),
  ...cannotDisinfect(site, tank),
];

/** A heater that once it is on has to heat a tank from a band below its warmest target to above its limit, each time. */
function longLeastTimes({ heaters }: SiteSafety, tank: SafetyTank): readonly SiteProblem[] {
  const { setBackC, entries, bandK } = tank.comfort;
  const hot = tank.disinfection ? disinfectionC(tank.disinfection, tank) : -Infinity;
  const from = withinTargets(tank, Math.max(setBackC, hot, ...entries.map(({ targetC }) => targetC))) - bandK;
  return heaters.flatMap(({ id, sink, traits, heatShare, minOn }) => {
    const least = lowestStep(stepsOf(traits)) * heatShare;
    const heated = from + (least * minOn) / tankJoulesPerKelvin(tank);
    if (sink !== tank.id || heated <= tank.limits.maxC || tankReach(traits) <= tank.limits.maxC) return [];
    const message = `once on, ${id} runs for ${Math.round(minOn / 60)} min at least, which would bring ${tank.id} from ${from} to ${heated.toFixed(0)} °C, above its limit of ${tank.limits.maxC} °C; lower minOnMinutes`;
    return [{ kind: "long-least-time", heaters: [id], message }];
  });
}

/** Until guards act a tank at its hottest target may be heated on by nobody's will, and must stay below its limit. */
function slowGuards({ heaters }: SiteSafety, tank: SafetyTank): readonly SiteProblem[] {
  const hottest = targetRange(tank).maxC;
  const left = heaters.flatMap(({ id, sink, traits, heatShare }) => {
    const { guard } = traits.safeState;
    if (sink !== tank.id || !("within" in guard) || tankReach(traits) < hottest) return [];
    return [{ id, joules: traits.maxWatts * heatShare * guard.within }];
  });
  const joules = left.reduce((sum, heater) => sum + heater.joules, 0);
  const heated = hottest + joules / tankJoulesPerKelvin(tank);
  if (heated <= tank.limits.maxC) return [];
  const ids = left.map(({ id }) => id);
  return [
    {
      kind: "slow-guard",
      heaters: ids,
      message: `when the hearth dies, ${ids.join(", ")} would bring ${tank.id} from ${hottest} to ${heated.toFixed(0)} °C before its guard acts, above its limit of ${tank.limits.maxC} °C; lower timerSeconds of its plug, or raise the tank's bandK`,
    },
  ];
}

function cannotDisinfect({ heaters }: SiteSafety, tank: SafetyTank): readonly SiteProblem[] {
  const own = heaters.filter(({ sink }) => sink === tank.id);
  if (!tank.disinfection || own.length === 0) return [];
  const wanted = disinfectionC(tank.disinfection, tank);
  const reach = Math.max(...own.map(({ traits }) => tankReach(traits)));
  if (reach >= wanted) return [];
  const ids = own.map(({ id }) => id);
  return [
    {
      kind: "cannot-disinfect",
      heaters: ids,
      message: `${ids.join(", ")} makes ${tank.id} ${reach} °C hot at most, and its disinfection wants ${wanted} °C; add a heater that reaches it, or say disinfection: false where something else sees to it`,
    },
  ];
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
