import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type {
  Applied,
  HeaterDriver,
  HeaterReading,
  HeaterTraits,
  Setpoint,
  Workload,
} from "../../../heat/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { type PlainLoadConfig, plainLoadSchema } from "./config.ts";

const computes = { workload: "mining" } as const;

/**
 * Any device that computes and heats whenever it has power and that nobody can speak to, such as a Heatbit: its plug,
 * the entry's section `plug`, is all there is to switch and to meter it. Without that section it is refused.
 */
export const plug: HeaterDefinition<PlainLoadConfig> = {
  name: "plug",
  summary: "Anything that heats when it has power, such as a Heatbit, behind a metered plug",
  config: plainLoadSchema,
  traits: (config) => plainTraits(config, computes),
  mute: true,
  open: (config, context) => Promise.resolve(openPlainLoad(config, context, computes)),
};

/** What it does whenever it has power. */
interface PlainLoad extends Pick<HeaterTraits, "performance"> {
  /** While it rests and has power, W. */
  readonly idleWatts?: number;
  readonly workload: Extract<Workload, "mining" | "heating">;
}

/** A device that is on or off, by its power alone. */
export function openPlainLoad(
  config: PlainLoadConfig,
  { clock }: Pick<DriverContext, "clock">,
  load: PlainLoad,
): HeaterDriver {
  const watts = Watts(config.onWatts);
  const { workload } = load;
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
    workload,
    setTo: watts,
    faults: [],
  });
  const apply = (setpoint: Setpoint): Applied => {
    if (setpoint.workload === workload && Math.abs(setpoint.watts - watts) <= watts * 0.02) {
      return { outcome: "applied", reading: reading() };
    }
    return { outcome: "refused", why: `it draws ${watts} W when it has power, and is ${workload} then` };
  };
  const end = () => {
    closed = true;
    return Promise.resolve();
  };

  return {
    traits: plainTraits(config, load),
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

/** What it is without its plug, which is who stops it. */
export function plainTraits(
  { onWatts, settleSeconds }: PlainLoadConfig,
  { workload, performance, idleWatts = 0 }: PlainLoad,
): HeaterTraits {
  const watts = Watts(onWatts);
  return {
    steps: { [workload]: { kind: "levels", watts: [watts] } },
    ...(performance ? { performance } : {}),
    idleWatts: Watts(idleWatts),
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
