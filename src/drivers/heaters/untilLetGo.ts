import { HearthworkError, messageOf } from "../../domain/index.ts";
import type { HeaterDriver } from "../../heat/index.ts";
import type { DriverContext } from "../definition.ts";

/** What a device's own driver has to do; letting go of it is the same for all. */
export interface HeaterCore extends Pick<HeaterDriver, "traits" | "read" | "apply"> {
  /** Brings the device to its safe state. */
  makeSafe(signal: AbortSignal): Promise<void>;
}

const makeSafeWithinMs = 5000;

/** The driver of one device: calls go through until it lets go, and none under a signal that is aborted already. */
export function untilLetGo(core: HeaterCore, { onEvent }: Pick<DriverContext, "onEvent">): HeaterDriver {
  let ended: Promise<void> | undefined;
  const mayCall = (signal: AbortSignal) => {
    if (ended) throw new HearthworkError({ code: "driver/closed", message: "this heater was let go of" });
    if (!signal.aborted) return;
    throw new HearthworkError({ code: "driver/aborted", message: "the call was called off", retry: "later" });
  };
  const makeSafe = async () => {
    try {
      await core.makeSafe(AbortSignal.timeout(makeSafeWithinMs));
    } catch (thrown) {
      const message = `It could not be brought to its safe state when it was let go of: ${messageOf(thrown)}`;
      onEvent({ level: "warning", code: "heater/left-unsafe", message });
    }
  };
  return {
    traits: core.traits,
    async read(signal) {
      mayCall(signal);
      return core.read(signal);
    },
    async apply(setpoint, signal) {
      mayCall(signal);
      return core.apply(setpoint, signal);
    },
    close: () => (ended ??= makeSafe()),
    leave: () => (ended ??= Promise.resolve()),
  };
}
