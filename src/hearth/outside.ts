import { Celsius, type Instant, spanAt, type Timeline } from "../domain/index.ts";
import type { Weather } from "../heat/index.ts";

/** The grid and the weather over time, as far as they are known. */
export interface Outside {
  /** g of CO₂ per kWh. */
  readonly carbon: Timeline<number>;
  /** Of one kWh more. */
  readonly marginal: Timeline<number>;
  readonly weather: Timeline<Weather>;
}

/** How warm it is outside now, as the weather feed has it. */
export const outdoorAt = ({ weather }: Outside, at: Instant): Celsius | undefined => {
  const span = spanAt(weather, at);
  return span && Celsius(span.value.outdoorC);
};
