import { readFile } from "node:fs/promises";
import { HearthworkError, messageOf } from "../../domain/index.ts";

/** How a node lets us in: by the cookie file that it writes at each start, or by a user and a password. */
export type NodeCredentials =
  | { readonly kind: "cookie"; readonly file: string }
  | { readonly kind: "password"; readonly user: string; readonly password: string };

/** Where a Bitcoin node's RPC is and how it lets us in. */
export interface NodeAddress {
  /** `http://host:port` or `https://host:port`, without credentials. */
  readonly url: string;
  readonly credentials: NodeCredentials;
}

const longestCookie = 1024;

/** @throws {HearthworkError} `node/bad-url` unless the text is an http or https URL without credentials. */
export function parseNodeUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:") && !url.username && !url.password) {
    return url;
  }
  throw new HearthworkError({
    code: "node/bad-url",
    message: `"${(url ? hideCredentials(url) : text).slice(0, 200)}" is no address of a Bitcoin node; give it like http://127.0.0.1:8332, and user and password apart from it`,
  });
}

function hideCredentials(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  return shown.href;
}

/**
 * The value of an `Authorization` header.
 * @throws {HearthworkError} `node/no-cookie` when the cookie file cannot be read or is none.
 */
export async function authorization(credentials: NodeCredentials): Promise<string> {
  const pair =
    credentials.kind === "cookie"
      ? await readCookie(credentials.file)
      : `${credentials.user}:${credentials.password}`;
  return `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
}

async function readCookie(file: string): Promise<string> {
  let cookie: string;
  try {
    cookie = (await readFile(file, { encoding: "utf8" })).trim();
  } catch (cause) {
    throw noCookie(
      file,
      `cannot be read (${messageOf(cause)}); is the node running, and may this user read it?`,
      cause,
    );
  }
  if (cookie.length <= longestCookie && /^[^:\s]+:\S+$/.test(cookie)) return cookie;
  throw noCookie(file, "holds no user:password; name the .cookie file in the node's data directory");
}

const noCookie = (file: string, why: string, cause?: unknown) =>
  new HearthworkError({
    code: "node/no-cookie",
    message: `the node's cookie file ${file} ${why}`,
    data: { file },
    retry: "later",
    cause,
  });
