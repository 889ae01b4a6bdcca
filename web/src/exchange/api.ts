import { answered, apiOf } from "../asking.ts";
import type { components, paths } from "./api.gen.ts";

type Schemas = components["schemas"];
export type Network = Schemas["Network"];
export type NetworkSum = Schemas["NetworkSum"];
export type Presence = Schemas["Presence"];
export type Job = Schemas["Job"];
export type JobList = Schemas["JobList"];
export type Me = Schemas["Me"];
export type Task = Schemas["Task"];
export type TaskList = Schemas["TaskList"];
export type Attempt = Schemas["Attempt"];
export type OrderBook = Schemas["OrderBook"];
export type PresenceList = Schemas["PresenceList"];

export const api = apiOf<paths>();

export const fetchNetwork = (): Promise<Network> => answered(api.GET("/api/v1/network"));
