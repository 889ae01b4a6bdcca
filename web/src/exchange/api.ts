import { answered, apiOf } from "../asking.ts";
import type { components, paths } from "./api.gen.ts";

type Schemas = components["schemas"];
export type Network = Schemas["Network"];
export type NetworkSum = Schemas["NetworkSum"];
export type Presence = Schemas["Presence"];
export type Job = Schemas["Job"];
export type JobList = Schemas["JobList"];
export type Me = Schemas["Me"];
export type Account = Schemas["Account"];
export type People = Schemas["People"];
export type Invitation = Schemas["InvitationList"]["invitations"][number];
export type Machine = Schemas["ProviderList"]["providers"][number];
export type AuditEntry = Schemas["AuditLog"]["entries"][number];
export type Task = Schemas["Task"];
export type TaskList = Schemas["TaskList"];
export type Attempt = Schemas["Attempt"];
export type OrderBook = Schemas["OrderBook"];
export type Provider = Schemas["Provider"];
export type ConsumerAccount = Schemas["ConsumerAccount"];
export type JobQuote = Schemas["JobQuote"];
export type PresenceList = Schemas["PresenceList"];

export const api = apiOf<paths>();

export const fetchNetwork = (): Promise<Network> => answered(api.GET("/api/v1/network"));
export const fetchMe = (): Promise<Me> => answered(api.GET("/api/v1/me"));
