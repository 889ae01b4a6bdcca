import { Seconds, Watts } from "../../domain/index.ts";
import type { HeaterReading, HeaterTraits } from "../../heat/index.ts";
import type { PlugReading } from "./plug.ts";
import type { PlugView } from "./plugGuard.ts";

/** What a heater behind a plug says: its watts are the plug's, and its own word is told beside them. */
export function meteredReading(device: HeaterReading, plug: PlugReading, view: PlugView): HeaterReading {
  const own = device.provenance === "estimated" ? {} : { ownWatts: device.watts };
  return withPlugsFaults({ ...device, ...own, at: plug.at, watts: plug.watts, provenance: "metered" }, view);
}

/** Of one that cannot be asked: it has power and draws next to none. */
export function idlingReading(reading: HeaterReading): HeaterReading {
  const why = `it has power but draws only ${Math.round(reading.watts)} W: is it switched on?`;
  return { ...reading, workload: "idle", faults: [...reading.faults, why] };
}

/** Without the plug's word: its own has to do. */
export const unmeteredReading = (device: HeaterReading, view: PlugView): HeaterReading =>
  withPlugsFaults(device, view);

/** Its plug is off. */
export function unpoweredReading(
  { at, watts }: PlugReading,
  view: PlugView,
  faults: readonly string[],
): HeaterReading {
  const off = { at, watts, provenance: "metered", workload: "idle", setTo: Watts(0), faults } as const;
  return withPlugsFaults(off, view);
}

/** It has power and does not answer: what it does is told by what it draws. */
export function muteReading(
  { at, watts }: PlugReading,
  view: PlugView,
  { works, starts, why }: { readonly works: boolean; readonly starts: boolean; readonly why: string },
): HeaterReading {
  const mute = { at, watts, provenance: "metered", workload: works ? "mining" : "idle" } as const;
  return withPlugsFaults(
    starts ? { ...mute, busy: startsNow, faults: [] } : { ...mute, faults: [`it does not answer: ${why}`] },
    view,
  );
}

export const startsNow = "starts after its power was switched on";

/** What a heater can do once it is behind a plug that cuts it off; `cuts` where it has no power while it is stopped. */
export function traitsBehindPlug(
  own: HeaterTraits,
  { timer, boot, cuts }: { readonly timer: Seconds; readonly boot: Seconds; readonly cuts: boolean },
): HeaterTraits {
  return {
    ...own,
    idleWatts: cuts ? Watts(0) : own.idleWatts,
    powerReturnWatts: Watts(0),
    canStop: true,
    stopSurvivesRestart: cuts || own.stopSurvivesRestart,
    settle: cuts ? plusBoot(own.settle, boot) : own.settle,
    provenance: "metered",
    safeState: { description: "its plug cuts it off", guard: { by: "plug-timer", within: timer } },
  };
}

const plusBoot = (settle: Seconds, boot: Seconds) => Seconds(settle + boot);

function withPlugsFaults(reading: HeaterReading, { fault, unguarded }: PlugView): HeaterReading {
  return {
    ...reading,
    faults: fault === undefined ? reading.faults : [...reading.faults, fault],
    ...(unguarded === undefined ? {} : { unguarded }),
  };
}
