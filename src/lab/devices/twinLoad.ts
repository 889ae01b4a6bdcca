import { Watts } from "../../domain/index.ts";

/** What hangs on a virtual plug. */
export interface TwinLoad {
  /** It has power from now on. Resolves when it would answer again, if it ever does. */
  plugIn(): Promise<void>;
  /** It has none from now on: whatever it did, it does no longer. */
  unplug(): Promise<void>;
  /** Drawn now. */
  watts(): Watts;
}

/** A thing that draws the same power whenever it has any: a heater with a mains switch that is left on. */
export function plainLoad(watts: Watts): TwinLoad {
  let isPowered = false;
  return {
    plugIn() {
      isPowered = true;
      return Promise.resolve();
    },
    unplug() {
      isPowered = false;
      return Promise.resolve();
    },
    watts: () => (isPowered ? watts : Watts(0)),
  };
}
