import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { z } from "zod";
import { HearthworkError, messageOf } from "../../domain/index.ts";
import { inTime } from "./inTime.ts";

export interface HttpRequest {
  /** Default GET. */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH";
  /** From the root, with its query; the query is in no message. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Struck out of what the device says before that is told on; so is the authorization header. */
  readonly secrets?: readonly string[];
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface HttpLimits {
  /** The longest body that is read, bytes. Default 1 MiB. */
  readonly longest?: number;
  /** For the whole exchange, ms. Default 5 s. */
  readonly withinMs?: number;
}

/**
 * Asks a device over a connection of its own and reads the whole reply, whatever its status. Redirects are not
 * followed: a device does not choose whom the hearth speaks to.
 * @throws {HearthworkError} `device/no-answer`, `device/too-long`, `device/garbage`, all worth trying later.
 */
export function askHttp(
  device: URL,
  request: HttpRequest,
  signal: AbortSignal,
  { longest = 1_048_576, withinMs = 5000 }: HttpLimits = {},
): Promise<HttpReply> {
  return inTime(withinMs, signal, async (limited) => {
    try {
      limited.throwIfAborted();
      const reply = await send(device, request, limited);
      const text = await readWhole(reply, longest);
      return { status: reply.statusCode ?? 0, headers: reply.headers, text };
    } catch (cause) {
      const { code, why } = limited.aborted
        ? { code: "no-answer", why: "did not answer in time; is it on and in this network?" }
        : whyItFailed(cause, longest);
      throw fault(device, `device/${code}`, why, { cause });
    }
  });
}

/**
 * Asks, and takes the answer only where the device says that it did as asked (2xx). Gives its text.
 * @throws {HearthworkError} what `askHttp` throws, and with the device's own words `device/not-allowed` (401, 403),
 * `device/failed` (5xx, 408, 429), both worth trying later, and `device/refused` (any other status).
 */
export async function askDone(
  device: URL,
  request: HttpRequest,
  signal: AbortSignal,
  limits?: HttpLimits,
): Promise<string> {
  const reply = await askHttp(device, request, signal, limits);
  const { status } = reply;
  if (status >= 200 && status < 300) return reply.text;
  const said = quoted(reply.text, secretsOf(request));
  const words = said === "" ? "" : `: ${said}`;
  const what = `${request.method ?? "GET"} ${pathOf(request)}`;
  if (status === 401 || status === 403) {
    const why = `does not let the hearth do ${what} (${status})${words}; check the entry under credentials`;
    throw fault(device, "device/not-allowed", why, { status });
  }
  if (status >= 500 || status === 408 || status === 429) {
    throw fault(device, "device/failed", `failed at ${what} (${status})${words}`, { status });
  }
  throw fault(device, "device/refused", `refused ${what} (${status})${words}`, { status, retry: "never" });
}

/**
 * Asks for JSON and parses it, once. An empty answer is read as undefined.
 * @throws {HearthworkError} what `askDone` throws, and `device/garbage`.
 */
export async function askJson<T>(
  device: URL,
  request: HttpRequest,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  limits?: HttpLimits,
): Promise<T> {
  const text = await askDone(device, request, signal, limits);
  const nonsense = (why: string) =>
    fault(device, "device/garbage", `answered ${pathOf(request)} with nonsense: ${why}`, {});
  let document: unknown;
  try {
    document = text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw nonsense(`no JSON: ${quoted(text, secretsOf(request))}`);
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw nonsense(`${issue?.path.map(String).join(".") || "the whole"}: ${issue?.message ?? "unexpected"}`);
}

function send(device: URL, request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { method = "GET", path, headers = {} } = request;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const open = device.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = open(new URL(path, device), {
      method,
      signal,
      agent: false,
      headers: {
        accept: "application/json",
        ...(body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.on("error", reject);
    sent.on("response", resolve);
    // An answer that changes the protocol ends so, without an error.
    sent.on("close", () => reject(new Error("hung up")));
    sent.end(body);
  });
}

class TooLong extends Error {}

async function readWhole(reply: IncomingMessage, longest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longest) throw new TooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function whyItFailed(cause: unknown, longest: number): { readonly code: string; readonly why: string } {
  if (cause instanceof TooLong) {
    return { code: "too-long", why: `answered with more than ${longest} bytes` };
  }
  const { code = "" } = cause as NodeJS.ErrnoException;
  if (code.startsWith("HPE_")) return { code: "garbage", why: "answered with what is no HTTP" };
  if (code === "ECONNRESET") return { code: "no-answer", why: "hung up without a whole answer" };
  return { code: "no-answer", why: `cannot be reached: ${messageOf(cause)}` };
}

function fault(
  { host }: URL,
  code: string,
  why: string,
  { status, retry = "later", cause }: { status?: number; retry?: "never" | "later"; cause?: unknown },
): HearthworkError {
  const data = { host, ...(status === undefined ? {} : { status }) };
  return new HearthworkError({ code, message: `${host} ${why}`, data, retry, cause });
}

const pathOf = ({ path }: HttpRequest) => path.split("?", 1)[0];

function secretsOf({ headers = {}, secrets = [] }: HttpRequest): readonly string[] {
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    name.toLowerCase() === "authorization" ? [value, ...value.split(" ").slice(1)] : [],
  );
  return [...sent, ...secrets].filter((secret) => secret !== "");
}

/** A device's words, short, in plain characters and without secrets. */
function quoted(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const open = forms.reduce((words, secret) => words.replaceAll(secret, "…"), text);
  return open
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 160);
}
