import { type HearthworkError } from "../../domain/index.ts";
import type { HeaterReading, HeaterTraits } from "../../heat/index.ts";
import type { PlugReading } from "./plug.ts";

/** From here on a device that falls silent is too hot to be left alone for long, °C. */
const hotC = 80;
/** A device that does not answer is borne for so long while it draws power, and while it was hot when last heard, s. */
const borne = { drawing: 60, hot: 20 };

/** Watches a device that may fall silent while it runs. */
export interface Silence {
  /** A device that draws no more than this does nothing, W. */
  readonly little: number;
  /** Why a device that does not answer has to be cut off now, in words; undefined while it need not. */
  judge(device: HeaterReading | HearthworkError, plug: PlugReading, now: number): string | undefined;
  heard(reading: HeaterReading): void;
  forget(): void;
}

/**
 * One that fell silent and draws little shut itself down or restarts, and its fans may be cooling it: it keeps its
 * power. One that draws on, so that nobody can see its temperature, is cut off; sooner when it was hot.
 */
export function silenceOf({ idleWatts }: HeaterTraits): Silence {
  const little = Math.max(idleWatts * 1.5, idleWatts + 5);
  let since: number | undefined;
  let lastC: number | undefined;

  return {
    little,
    judge(device, plug, now) {
      if ("workload" in device) return undefined;
      since ??= now;
      if (plug.watts <= little) return undefined;
      const isHot = lastC !== undefined && lastC >= hotC;
      const silentFor = now - since;
      if (silentFor < (isHot ? borne.hot : borne.drawing)) return undefined;
      const heat = isHot ? ` and had ${Math.round(lastC ?? hotC)} °C when last heard` : "";
      return `it has not answered for ${Math.round(silentFor)} s, draws ${Math.round(plug.watts)} W${heat}`;
    },
    heard({ temperature }) {
      since = undefined;
      lastC = temperature;
    },
    forget() {
      since = undefined;
      lastC = undefined;
    },
  };
}
