import { Agent, type IncomingMessage, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";

export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

export interface HttpExchange {
  /** Posts JSON and reads the whole reply. Sends once more when a connection kept open turns out to be closed. */
  post(body: string, authorization: string, signal: AbortSignal): Promise<HttpReply>;
  close(): void;
}

/** The reply was longer than it may be. */
export class ReplyTooLong extends Error {}

class IdleConnectionLost extends Error {}

/** Posts to one address over connections that stay open; no reply is read beyond `mostReplyBytes`. */
export function exchangeHttp(url: URL, mostReplyBytes: number): HttpExchange {
  const secure = url.protocol === "https:";
  const agent = new (secure ? TlsAgent : Agent)({ keepAlive: true, maxSockets: 8, maxFreeSockets: 2 });
  const open = secure ? tlsRequest : request;

  const postOnce = (body: string, authorization: string, signal: AbortSignal) =>
    new Promise<HttpReply>((resolve, reject) => {
      const sent = open(url, {
        method: "POST",
        agent,
        signal,
        headers: {
          authorization,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      });
      sent.once("error", (error: NodeJS.ErrnoException) => {
        const wasIdle = sent.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(wasIdle ? new IdleConnectionLost() : error);
      });
      sent.once("response", (reply) => {
        readWhole(reply, mostReplyBytes).then(
          (text) => resolve({ status: reply.statusCode ?? 0, body: text }),
          (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
        );
      });
      sent.end(body);
    });

  return {
    async post(body, authorization, signal) {
      try {
        return await postOnce(body, authorization, signal);
      } catch (thrown) {
        if (!(thrown instanceof IdleConnectionLost)) throw thrown;
        return await postOnce(body, authorization, signal);
      }
    },
    close: () => agent.destroy(),
  };
}

async function readWhole(reply: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      reply.destroy();
      throw new ReplyTooLong(`the reply is longer than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
