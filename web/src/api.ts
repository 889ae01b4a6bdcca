import type { components, paths } from "./api.gen.ts";
import { answered, apiOf } from "./asking.ts";

export { answered, baseUrl, Refusal } from "./asking.ts";

type Schemas = components["schemas"];
export type Site = Schemas["Site"];
export type Sink = Schemas["Sink"];
export type Heater = Schemas["Heater"];
export type SiteEvent = Schemas["Event"];
export type Config = Schemas["Config"];
export type DriverList = Schemas["DriverList"];
export type FoundDevice = Schemas["FoundDevice"];
export type Scan = Schemas["Scan"];
export type FirstConfig = Schemas["FirstConfig"];
export type Entry = Schemas["Entry"];
export type Field = Schemas["Field"];
export type Json = Schemas["Json"];
export type HeaterDetail = Schemas["HeaterDetail"];
export type Decision = Schemas["Decision"];
export type Misconfiguration = Schemas["Misconfiguration"];
export type Ledger = Schemas["Ledger"];
export type LedgerIntervals = Schemas["LedgerIntervals"];
/** A day of the ledger, or a quarter-hour. */
export type LedgerSum = Schemas["LedgerInterval"];
export type Plan = Schemas["Plan"];
export type PlanStatus = Schemas["PlanStatus"];
export type History = Schemas["History"];
export type Override = Schemas["Override"];

export const api = apiOf<paths>();

export const fetchSite = (): Promise<Site> => answered(api.GET("/api/v1/site"));
