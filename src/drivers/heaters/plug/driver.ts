import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { type PlainLoadConfig, plainLoadSchema } from "./config.ts";

/**
 * Any device that computes and heats whenever it has power and that nobody can speak to, such as a Heatbit: its plug,
 * the entry's section `plug`, is all there is to switch and to meter it. Without that section it is refused.
 */
export const plug: HeaterDefinition<PlainLoadConfig> = {
  name: "plug",
  summary: "Anything that heats when it has power, such as a Heatbit, behind a metered plug",
  config: plainLoadSchema,
  traits: traitsOf,
  mute: true,
  open: (config, context) => Promise.resolve(openPlainLoad(config, context)),
};

function openPlainLoad(config: PlainLoadConfig, { clock }: DriverContext): HeaterDriver {
  const watts = Watts(config.onWatts);
  let closed = false;
  const mayRun = (signal: AbortSignal) => {
    if (closed) throw new HearthworkError({ code: "driver/closed", message: "this heater was let go of" });
    if (!signal.aborted) return;
    throw new HearthworkError({ code: "driver/aborted", message: "the call was called off", retry: "later" });
  };
  /** It is only asked while it has power. */
  const reading = (): HeaterReading => ({
    at: clock.now(),
    watts,
    provenance: "estimated",
    workload: "mining",
    setTo: watts,
    faults: [],
  });
  const apply = (setpoint: Setpoint): Applied => {
    if (setpoint.workload === "mining" && Math.abs(setpoint.watts - watts) <= watts * 0.02) {
      return { outcome: "applied", reading: reading() };
    }
    return { outcome: "refused", why: `it draws ${watts} W when it has power, and computes what it likes` };
  };
  const end = () => {
    closed = true;
    return Promise.resolve();
  };

  return {
    traits: traitsOf(config),
    async read(signal) {
      mayRun(signal);
      return reading();
    },
    async apply(setpoint, signal) {
      mayRun(signal);
      return apply(setpoint);
    },
    close: end,
    leave: end,
  };
}

function traitsOf({ onWatts, settleSeconds }: PlainLoadConfig): HeaterTraits {
  const watts = Watts(onWatts);
  return {
    steps: { mining: { kind: "levels", watts: [watts] } },
    idleWatts: Watts(0),
    maxWatts: watts,
    powerReturnWatts: watts,
    canStop: false,
    stopSurvivesRestart: false,
    settle: Seconds(settleSeconds),
    change: "live",
    provenance: "estimated",
    safeState: { description: "it runs on", guard: { by: "nobody" } },
  };
}
