import type { WeatherYear } from "../weather/weatherYear.ts";
import type { EnclosedZone } from "./building.ts";
import type { Facades } from "./solarGains.ts";

/** A way to calculate a zone, step by step. */
export interface ZoneModel {
  readonly stepsPerHour: number;
  open(zone: EnclosedZone, weather: WeatherYear, facades: Facades): ZoneRun;
}

/** A zone on its way through the hours. In each step its air is linear in the power that is put into it. */
export interface ZoneRun {
  /** Begins a step of the hour of the year. */
  begin(hour: number, step: number): void;
  /** The air at the end of the step without any power, °C. */
  freeC(): number;
  /** What a watt during the step adds to that, K. */
  perWatt(): number;
  /** Ends the step with `intoAir` W; gives the air, °C. */
  end(intoAir: number): number;
}
