import { driverTable, type HeaterDefinition } from "../definition.ts";
import { thisComputer } from "./this-computer/driver.ts";

/** Every heater that hearth.yaml can name. */
export const heaterDrivers = driverTable<HeaterDefinition>([thisComputer]);
