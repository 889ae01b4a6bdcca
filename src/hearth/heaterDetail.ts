import type { Guard, HeaterConfig, HeaterReading, PowerSteps } from "../heat/index.ts";
import type { HeaterDetailView } from "../wire/index.ts";

/** What a heater can do, as the API tells it; what it says itself is unknown while it is not reached. */
export function heaterDetail(config: HeaterConfig, reading: HeaterReading | undefined): HeaterDetailView {
  const { traits } = config;
  return {
    id: config.id,
    powers: powersView(traits.steps.mining ?? traits.steps.heating),
    available: powersView(reading?.available),
    idleWatts: traits.idleWatts,
    maxWatts: traits.maxWatts,
    powerReturnWatts: traits.powerReturnWatts,
    setToWatts: reading?.setTo ?? null,
    ownWatts: reading?.ownWatts ?? null,
    busy: reading?.busy ?? null,
    unguarded: reading?.unguarded ?? null,
    canStop: traits.canStop,
    stopSurvivesRestart: traits.stopSurvivesRestart,
    settleSeconds: traits.settle,
    change: traits.change,
    guard: guardView(traits.safeState.guard),
    maxDeviceC: config.limits.deviceMaxC,
    minOnSeconds: config.minOn,
    minOffSeconds: config.minOff,
  };
}

const powersView = (steps: PowerSteps | undefined): HeaterDetailView["powers"] => {
  if (!steps) return null;
  return steps.kind === "levels" ? { kind: "levels", watts: [...steps.watts] } : { ...steps };
};

const guardView = (guard: Guard): HeaterDetailView["guard"] =>
  "within" in guard ? { by: guard.by, withinSeconds: guard.within } : { ...guard };
