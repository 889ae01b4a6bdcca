import { z } from "zod";
import { Seconds } from "../../domain/index.ts";
import type { HeaterTraits } from "../../heat/index.ts";
import type { HeaterDefinition, Refusal } from "../definition.ts";
import type { MeterSection } from "../meters/meteredHeater.ts";
import { contactPlug } from "./contactPlug.ts";
import type { PlugDefinition } from "./definition.ts";
import { pluggedHeater } from "./pluggedHeater.ts";
import { plugGuard } from "./plugGuard.ts";
import { traitsBehindPlug } from "./pluggedReading.ts";

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
  switches: z
    .enum(["power", "contact"])
    .optional()
    .describe(
      "What it switches: the power, or a contact that lets the device run, whose draw the meter tells",
    ),
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
 * The same kind of heater, behind that plug. It is refused (`plug/too-weak`) when the plug is not rated for it.
 */
export function behindPlug<Config>(
  definition: HeaterDefinition<Config>,
  { ours, definition: plugKind, driverConfig }: PlugSection,
  meter?: MeterSection,
): HeaterDefinition<Config> {
  const isContact = ours.switches === "contact";
  const [timer, boot] = [Seconds(ours.timerSeconds), Seconds(ours.bootSeconds)];
  return {
    ...definition,
    traits(config) {
      const own = definition.traits(config);
      const traits = traitsBehindPlug(own, { timer, boot, cuts: ours.cutWhenIdle || !own.canStop });
      return isContact ? withItsPower(traits, own) : traits;
    },
    refusals: (config) => (isContact ? [] : weakness(ours.ratedWatts, definition.traits(config).maxWatts)),
    async open(config, context) {
      const heater = await definition.open(config, context);
      try {
        const relay = await plugKind.open(driverConfig, context);
        const plug =
          isContact && meter
            ? contactPlug(relay, await meter.definition.open(meter.driverConfig, context))
            : relay;
        const guard = plugGuard({
          plug,
          timer,
          clock: context.clock,
          onEvent: (event) => context.onEvent(event),
        });
        const behind = pluggedHeater({
          heater,
          mute: definition.mute ?? false,
          guard,
          ratedWatts: isContact ? undefined : ours.ratedWatts,
          context,
          cutWhenIdle: ours.cutWhenIdle,
          boot,
          pause: Seconds(Math.min(ours.pauseSeconds, ours.timerSeconds)),
        });
        const traits = isContact ? withItsPower(behind.traits, heater.traits) : behind.traits;
        return { ...behind, traits, tasks: heater.tasks };
      } catch (thrown) {
        await heater.leave();
        throw thrown;
      }
    },
  };
}

/** Behind a contact a device keeps its power: it draws what it rests at, also when the mains come back. */
const withItsPower = (behind: HeaterTraits, { idleWatts }: HeaterTraits): HeaterTraits => ({
  ...behind,
  idleWatts,
  powerReturnWatts: idleWatts,
});

function weakness(rating: number, most: number): readonly Refusal[] {
  if (rating >= most) return [];
  const message = `it draws up to ${most} W, and its plug is rated for ${rating} W; use a plug that carries it`;
  return [{ code: "plug/too-weak", path: ["plug", "ratedWatts"], message }];
}
