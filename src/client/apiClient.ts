import { z } from "zod";
import { type FaultData, HearthworkError, messageOf } from "../domain/index.ts";

/** A route as `wire` defines it: what it takes and what it answers with. */
export interface ApiRoute {
  readonly method: string;
  readonly url: string;
  readonly schema: {
    readonly params?: z.ZodType;
    readonly querystring?: z.ZodType;
    readonly body?: z.ZodType;
    readonly response: { readonly 200: z.ZodType };
  };
}

type PartOf<Route, Key extends "params" | "querystring" | "body"> = Route extends {
  readonly schema: { readonly [key in Key]: infer Schema extends z.ZodType };
}
  ? Key extends (Partial<z.input<Schema>> extends z.input<Schema> ? "querystring" : never)
    ? { readonly [key in Key]?: z.input<Schema> }
    : { readonly [key in Key]: z.input<Schema> }
  : unknown;
export type InputOf<Route> = PartOf<Route, "params"> & PartOf<Route, "querystring"> & PartOf<Route, "body">;
export type AnswerOf<Route extends ApiRoute> = z.output<Route["schema"]["response"][200]>;

/** Asks a server for what its routes offer, typed by them. */
export interface ApiClient {
  readonly url: string;
  /**
   * @throws {HearthworkError} what the server refused, with its code and words; `api/unreachable` when it does not
   * answer in time; `api/not-understood` when the answer is not what the route promises.
   */
  call<Route extends ApiRoute>(route: Route, input: InputOf<Route>): Promise<AnswerOf<Route>>;
}

export interface ApiClientOptions {
  /** Like http://127.0.0.1:7420. */
  readonly url: string;
  /** Sent with each request. */
  readonly token?: string;
  /** For the whole answer. */
  readonly answerWithinMs?: number;
}

const maxAnswerBytes = 32 * 1024 * 1024;
const usualPatienceMs = 30_000;
const refusalSchema = z.object({
  code: z.string().max(100),
  message: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({}),
});

type Plain = string | number | boolean;

interface LooseInput {
  readonly params?: Readonly<Record<string, Plain>>;
  readonly querystring?: Readonly<Record<string, Plain | undefined>>;
  readonly body?: unknown;
}

/** A client of one of our servers. */
export function apiClient({ url, token, answerWithinMs = usualPatienceMs }: ApiClientOptions): ApiClient {
  return {
    url,
    async call(route, input) {
      const { body } = input as LooseInput;
      const what = `${route.method} ${route.url} at ${url}`;
      const { status, text } = await exchange(what, url + pathOf(route.url, input as LooseInput), {
        method: route.method,
        redirect: "error",
        signal: AbortSignal.timeout(answerWithinMs),
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (status !== 200) throw refusal(what, status, text);
      const parsed = route.schema.response[200].safeParse(jsonOf(text));
      if (parsed.success) return parsed.data as AnswerOf<typeof route>;
      throw notUnderstood(what, z.prettifyError(parsed.error));
    },
  };
}

function pathOf(pattern: string, { params = {}, querystring = {} }: LooseInput): string {
  const path = pattern.replaceAll(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(querystring)) {
    if (value !== undefined) asked.set(name, String(value));
  }
  return asked.size === 0 ? path : `${path}?${asked.toString()}`;
}

async function exchange(
  what: string,
  url: string,
  init: RequestInit,
): Promise<{ status: number; text: string }> {
  try {
    const reply = await fetch(url, init);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of reply.body ?? []) {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) throw new Error(`more than ${maxAnswerBytes} bytes came`);
      chunks.push(chunk);
    }
    return { status: reply.status, text: Buffer.concat(chunks).toString("utf8") };
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    throw new HearthworkError({
      code: "api/unreachable",
      message: `no answer to ${what}: ${messageOf(cause)}`,
      retry: "later",
    });
  }
}

function refusal(what: string, status: number, text: string): HearthworkError {
  const parsed = refusalSchema.safeParse(jsonOf(text));
  if (!parsed.success) return notUnderstood(what, `status ${status}`);
  const { code, message, data } = parsed.data;
  return new HearthworkError({
    code,
    message,
    data: data satisfies FaultData,
    retry: status === 503 || status === 429 ? "later" : "never",
  });
}

const notUnderstood = (what: string, why: string) =>
  new HearthworkError({
    code: "api/not-understood",
    message: `the answer to ${what} is not as the API promises (${why}); is it of another version?`,
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
