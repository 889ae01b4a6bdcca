import { Celsius } from "../domain/index.ts";
import type { SinkConfig } from "./controlConfig.ts";

type Bounded = Pick<SinkConfig, "limits" | "comfort">;

/** Between which temperatures a sink's targets lie: a band within its limits, °C. */
export const targetRange = ({ limits, comfort: { bandK } }: Bounded) =>
  ({ minC: Celsius(limits.minC + bandK), maxC: Celsius(limits.maxC - bandK) }) as const;

/** The nearest target that a sink may have. */
export function withinTargets(sink: Bounded, target: number): Celsius {
  const { minC, maxC } = targetRange(sink);
  return Celsius(Math.min(maxC, Math.max(minC, target)));
}
