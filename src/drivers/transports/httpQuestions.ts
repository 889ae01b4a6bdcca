import { randomBytes } from "node:crypto";
import { type Credentials, type CredentialsLookup, credentialsNamed } from "../credentials.ts";
import { askDone, askHttp, type HttpRequest } from "./askHttp.ts";
import { answerChallenge, type DigestChallenge, readChallenge } from "./digestLogin.ts";
import { takeTurns } from "./takeTurns.ts";

/** What a device that speaks HTTP is asked or told, as data. */
export type HttpQuestion = Pick<HttpRequest, "method" | "path" | "body">;

export interface HttpDevice {
  readonly address: URL;
  /** The name of an entry of the credentials file. */
  readonly credentials?: string | undefined;
}

/** How a device wants to be shown user and password: as it asks for it, or among the query. */
export type HttpLogin = "as asked" | "in the query";

const longest = 65_536;

/**
 * Asks one question at a time. Gives the answer's JSON, or its bare text where it is none.
 * @throws {HearthworkError} as `askDone` does, and as `credentialsNamed` does
 */
export function httpQuestions(
  device: HttpDevice,
  lookup: CredentialsLookup,
  login: HttpLogin = "as asked",
): (question: HttpQuestion, signal: AbortSignal) => Promise<unknown> {
  const inTurn = takeTurns();
  const { address, credentials } = device;
  let challenge: DigestChallenge | undefined;
  let count = 0;

  const authorization = ({ method = "GET", path }: HttpQuestion, who: Credentials) => {
    if (!challenge) return `Basic ${Buffer.from(`${who.username ?? ""}:${who.password}`).toString("base64")}`;
    const use = { method, path, count: (count += 1), clientNonce: randomBytes(12).toString("base64url") };
    return answerChallenge(challenge, who, use);
  };
  /** What is known of the challenge is used at once; a new one is answered once. */
  const askAsAsked = async (
    question: HttpQuestion,
    who: Credentials,
    signal: AbortSignal,
  ): Promise<string> => {
    const request = () => ({
      ...question,
      headers: challenge ? { authorization: authorization(question, who) } : {},
      secrets: [who.password],
    });
    const reply = await askHttp(address, request(), signal, { longest });
    if (reply.status >= 200 && reply.status < 300) return reply.text;
    if (reply.status === 401) {
      challenge = readChallenge(reply.headers["www-authenticate"]);
      count = 0;
    }
    const headers = { authorization: authorization(question, who) };
    return askDone(address, { ...question, headers, secrets: [who.password] }, signal, { longest });
  };

  return (question, signal) =>
    inTurn(async () => {
      const who = credentials === undefined ? undefined : credentialsNamed(lookup, credentials);
      if (!who) return jsonOrText(await askDone(address, question, signal, { longest }));
      if (login === "as asked") return jsonOrText(await askAsAsked(question, who, signal));
      return jsonOrText(await askDone(address, inQuery(question, who), signal, { longest }));
    }, signal);
}

function inQuery(question: HttpQuestion, { username = "admin", password }: Credentials): HttpRequest {
  const [path = "", query = ""] = question.path.split("?", 2);
  const login = new URLSearchParams({ user: username, password }).toString();
  return { ...question, path: `${path}?${[login, query].filter(Boolean).join("&")}`, secrets: [password] };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
