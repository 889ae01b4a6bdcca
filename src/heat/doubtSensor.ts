import type { SinkConfig } from "./controlConfig.ts";
import type { SinkMemory } from "./controlState.ts";
import { isFrozen } from "./response.ts";

/** Why a sensor that speaks is not believed: what it does, in words; undefined when it is. */
export function sensorDoubt(
  { kind, model }: SinkConfig,
  { response, standstill, answer }: Pick<SinkMemory, "response" | "standstill" | "answer">,
): string | undefined {
  if (answer?.doubt === "does-not-answer") return `does not answer to the heat that the ${kind} is given`;
  if (answer?.doubt === "must-have-cooled") return `stands still though the ${kind} must have cooled`;
  const isStill = isFrozen(response, model) || standstill?.isStuck === true;
  return isStill || answer?.doubt === "stands-still"
    ? `stands still though the ${kind} is heated`
    : undefined;
}
