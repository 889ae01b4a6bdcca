import { z } from "zod";
import { HearthworkError, Seconds, Watts } from "../../domain/index.ts";
import type { HeaterDefinition } from "../definition.ts";
import type { PlugDefinition } from "./definition.ts";
import { pluggedHeater } from "./pluggedHeater.ts";
import { plugGuard } from "./plugGuard.ts";

const seconds = (min: number, max: number) => z.int().min(min).max(max);

/** The keys of a heater's section `plug` beside those of the plug's own kind. */
export const plugKeys = {
  ratedWatts: z
    .number()
    .min(1)
    .max(20_000)
    .describe("What the plug carries all the time, by its maker's word"),
  timerSeconds: seconds(30, 900)
    .default(180)
    .describe("Its off-timer, started again at every reading: without the hearth it cuts after so long"),
  cutWhenIdle: z
    .boolean()
    .default(false)
    .describe("Whether a stopped device is cut off; one that cannot stop by itself always is"),
  bootSeconds: seconds(0, 900).default(120).describe("How long the device takes to answer once it has power"),
  pauseSeconds: seconds(5, 600)
    .default(60)
    .describe("How long a device that was told to stop may take before it is cut off all the same"),
};

/** A heater's section `plug`, parsed. */
export interface PlugSection {
  readonly ours: z.output<z.ZodObject<typeof plugKeys>>;
  readonly definition: PlugDefinition;
  readonly driverConfig: unknown;
}

/**
 * The same kind of heater, behind that plug. Opening it throws `plug/too-weak` when the plug is not rated for it.
 */
export function behindPlug<Config>(
  definition: HeaterDefinition<Config>,
  { ours, definition: plugKind, driverConfig }: PlugSection,
): HeaterDefinition<Config> {
  const rating = Watts(ours.ratedWatts);
  return {
    ...definition,
    async open(config, context) {
      const heater = await definition.open(config, context);
      try {
        refuseWeak(definition.name, rating, heater.traits.maxWatts);
        const plug = await plugKind.open(driverConfig, context);
        const guard = plugGuard({
          plug,
          timer: Seconds(ours.timerSeconds),
          clock: context.clock,
          onEvent: (event) => context.onEvent(event),
        });
        return pluggedHeater({
          heater,
          mute: definition.mute ?? false,
          guard,
          context,
          cutWhenIdle: ours.cutWhenIdle,
          boot: Seconds(ours.bootSeconds),
          pause: Seconds(Math.min(ours.pauseSeconds, ours.timerSeconds)),
        });
      } catch (thrown) {
        await heater.leave();
        throw thrown;
      }
    },
  };
}

function refuseWeak(name: string, rating: Watts, most: Watts): void {
  if (rating >= most) return;
  throw new HearthworkError({
    code: "plug/too-weak",
    message: `the plug is rated for ${rating} W and the heater (${name}) draws up to ${most} W; use a plug that carries it`,
    data: { rating, most },
  });
}
