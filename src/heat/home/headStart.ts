import type { Dwelling } from "./dwelling.ts";
import { stepsPerHour } from "./dwelling.ts";

/** By how many hours a thermostat begins before its set-point rises, so that no element has to help then. */
export interface HeadStart {
  /** How far above what is wanted now the rooms are heated ahead, K. */
  aheadK(hour: number, step: number): number;
  /** @param helpW what elements gave the rooms in the step. */
  end(hour: number, step: number, helpW: number): void;
}

/** As a thermostat learns it: a longer start after a rise that took elements, a shorter one after one that did not. */
const growHours = 0.5;
const shrinkHours = 0.25;
const mostHours = 8;
/** Looked at for so long after the rise, h; less help than this is none, Wh. */
const judgedHours = 3;
const noticedWh = 200;
/** A smaller rise is none, K. */
const leastRiseK = 0.2;

/** Optimum start, as thermostats for slow heating have it: by what the mornings before took, without any forecast. */
export function openHeadStart({ wantedC }: Pick<Dwelling, "wantedC">): HeadStart {
  const rise = (hour: number) => wantedC((hour + 1) % 24) - wantedC(hour % 24);
  const rises = Array.from({ length: 24 }, (_, hour) => (rise(hour) > leastRiseK ? hour + 1 : -1)).filter(
    (hour) => hour > 0,
  );
  let hours = 1;
  let helpedWh = 0;
  const since = (at: number) => Math.min(...rises.map((risen) => (at - risen + 24) % 24));
  const until = (at: number) => Math.min(...rises.map((risen) => (risen - at + 24) % 24 || 24));
  return {
    aheadK(hour, step) {
      const left = until((hour % 24) + step / stepsPerHour);
      if (left > hours) return 0;
      const ahead = wantedC(Math.round((hour % 24) + step / stepsPerHour + left) % 24);
      const aheadK = ahead - wantedC(hour % 24);
      return aheadK > 0 ? aheadK : 0;
    },
    end(hour, step, helpW) {
      if (rises.length === 0) return;
      const past = since((hour % 24) + step / stepsPerHour);
      if (past >= judgedHours) return;
      helpedWh += helpW / stepsPerHour;
      if (past < judgedHours - 1 / stepsPerHour) return;
      hours = Math.min(
        mostHours,
        Math.max(0, helpedWh > noticedWh ? hours + growHours : hours - shrinkHours),
      );
      helpedWh = 0;
    },
  };
}
