import createClient from "openapi-fetch";
import type { components, paths } from "./api.gen.ts";
import { tellLoginNeed } from "./login/loginNeed.ts";

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
export type Session = Schemas["Session"];

const answerWithinMs = 15_000;

const thisScript = import.meta.url;

/** Where the dashboard lies: its scripts are one folder below, also under a path of another server. */
export const baseUrl = new URL("..", thisScript).href.replace(/\/$/, "");

export const api = createClient<paths>({
  baseUrl,
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(answerWithinMs) }),
});

api.use({
  onResponse({ response }) {
    const wantsLogin = response.status === 401 && response.headers.has("www-authenticate");
    if (wantsLogin) tellLoginNeed(true);
  },
});

interface Answer<Data> {
  data?: Data;
  error?: { code: string; message: string; data?: Record<string, unknown> };
  response: Response;
}

/** What the hearth answered when it did not do what it was asked; the code is stable. */
export class Refusal extends Error {
  readonly code: string | undefined;
  /** What is wrong with a configuration, where that is why. */
  readonly wrong: readonly Misconfiguration[];

  constructor(code: string | undefined, message: string, wrong: readonly Misconfiguration[] = []) {
    super(message);
    this.code = code;
    this.wrong = wrong;
  }
}

/**
 * What the hearth answered.
 * @throws {Error} with words for people: the hearth's own where it gave any.
 */
export async function answered<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    throw new Error(
      "The hearth does not answer. Check that it runs and that this device is on its network.",
      {
        cause,
      },
    );
  });
  if (data !== undefined) return data;
  const message = error?.message ?? `The hearth answered with status ${response.status}.`;
  throw new Refusal(error?.code, message, (error?.data?.["wrong"] ?? []) as Misconfiguration[]);
}

export const fetchSite = (): Promise<Site> => answered(api.GET("/api/v1/site"));
