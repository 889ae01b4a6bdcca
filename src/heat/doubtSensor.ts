import type { SinkConfig } from "./controlConfig.ts";
import type { SinkMemory } from "./controlState.ts";
import { isFrozen } from "./response.ts";

/** Why a sensor that speaks is not believed: what it does, in words; undefined when it is. */
export function sensorDoubt(
  { kind, model }: SinkConfig,
  { response, standstill, answer }: Pick<SinkMemory, "response" | "standstill" | "answer">,
): string | undefined {
  const stands = `stands still though the ${kind} is heated`;
  if (kind === "room") {
    return isFrozen(response, model) || standstill?.isStuck === true ? stands : undefined;
  }
  return {
    none: undefined,
    "stands-still": stands,
    "must-have-cooled": "stands still though the tank must have cooled",
    "does-not-answer": "does not answer to the heat that the tank is given",
  }[answer?.doubt ?? "none"];
}
