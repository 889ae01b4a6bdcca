import createClient from "openapi-fetch";
import type { components } from "./api.gen.ts";
import { tellLoginNeed } from "./login/loginNeed.ts";

type Misconfiguration = components["schemas"]["Misconfiguration"];

const answerWithinMs = 15_000;

const thisScript = import.meta.url;

/** Where the dashboard lies: its scripts are one folder below, also under a path of another server. */
export const baseUrl = new URL("..", thisScript).href.replace(/\/$/, "");

/** What serves this page: its document says so. */
export const serverName = (): "hearth" | "exchange" =>
  document.documentElement.dataset["server"] === "exchange" ? "exchange" : "hearth";

/** Asks the server that serves this page, typed by its own API document. */
export function apiOf<Paths extends object>() {
  const api = createClient<Paths>({
    baseUrl,
    fetch: (request) => fetch(request, { signal: AbortSignal.timeout(answerWithinMs) }),
  });
  api.use({
    onResponse({ response }) {
      const wantsLogin = response.status === 401 && response.headers.has("www-authenticate");
      if (wantsLogin) tellLoginNeed(true);
    },
  });
  return api;
}

interface Answer<Data> {
  data?: Data;
  error?: { code: string; message: string; data?: Record<string, unknown> };
  response: Response;
}

/** What the server answered when it did not do what it was asked; the code is stable. */
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
 * What the server answered.
 * @throws {Error} with words for people: the server's own where it gave any.
 */
export async function answered<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    throw new Error(
      `The ${serverName()} does not answer. Check that it runs and that this device is on its network.`,
      { cause },
    );
  });
  if (data !== undefined) return data;
  const message = error?.message ?? `The ${serverName()} answered with status ${response.status}.`;
  throw new Refusal(error?.code, message, (error?.data?.["wrong"] ?? []) as Misconfiguration[]);
}
