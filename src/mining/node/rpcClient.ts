import { type Clock, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import { exchangeHttp, ReplyTooLong } from "./exchangeHttp.ts";
import { authorization, type NodeAddress, parseNodeUrl } from "./nodeAddress.ts";
import { readRpcReply } from "./rpcReply.ts";

export interface RpcClient {
  /**
   * One call. Ends by itself after `within`, or by the signal.
   * @throws {HearthworkError} `node/unreachable`, `node/timeout`, `node/oversized`, and what `readRpcReply` throws.
   */
  call(method: string, params: readonly unknown[], bounds?: CallBounds): Promise<unknown>;
  close(): void;
}

export interface CallBounds {
  /** Default 30 s. */
  readonly within?: Seconds;
  readonly signal?: AbortSignal;
}

export interface RpcClientOptions {
  readonly node: NodeAddress;
  readonly clock: Clock;
  /** Default 64 MiB: a template of a full block is about 10. */
  readonly mostReplyBytes?: number;
}

const usualPatience = Seconds(30);

/**
 * JSON-RPC to a Bitcoin node over connections that stay open. A cookie is read again when the node refuses it,
 * since a node writes a new one at each start.
 * @throws {HearthworkError} `node/bad-url`.
 */
export function openRpcClient({
  node,
  clock,
  mostReplyBytes = 64 * 1024 * 1024,
}: RpcClientOptions): RpcClient {
  const url = parseNodeUrl(node.url);
  const http = exchangeHttp(url, mostReplyBytes);
  let known: string | undefined;
  let calls = 0;

  const exchange = async (method: string, params: readonly unknown[], signal: AbortSignal) => {
    calls += 1;
    const id = calls;
    const body = JSON.stringify({ jsonrpc: "1.0", id, method, params });
    const wasKnown = known !== undefined;
    known ??= await authorization(node.credentials);
    let reply = await http.post(body, known, signal);
    if (reply.status === 401 && wasKnown && node.credentials.kind === "cookie") {
      known = await authorization(node.credentials);
      reply = await http.post(body, known, signal);
    }
    return readRpcReply(reply.status, reply.body, id, method);
  };

  return {
    async call(method, params, { within = usualPatience, signal } = {}) {
      const ending = new AbortController();
      const late = new AbortController();
      void clock.sleep(within, ending.signal).then(() => late.abort());
      try {
        return await exchange(method, params, signal ? AbortSignal.any([signal, late.signal]) : late.signal);
      } catch (thrown) {
        if (thrown instanceof HearthworkError) throw thrown;
        if (signal?.aborted) throw givenUp(method, thrown);
        if (late.signal.aborted) throw timedOut(url, method, within);
        if (thrown instanceof ReplyTooLong) throw oversized(method, mostReplyBytes);
        throw unreachable(url, thrown);
      } finally {
        ending.abort();
      }
    },
    close: () => http.close(),
  };
}

const unreachable = (url: URL, cause: unknown) =>
  new HearthworkError({
    code: "node/unreachable",
    message: `no Bitcoin node answers at ${url.origin}: ${messageOf(cause) || "connection failed"}; is it running with server=1, and is this its RPC port?`,
    data: { url: url.origin },
    retry: "later",
    cause,
  });

const timedOut = (url: URL, method: string, within: Seconds) =>
  new HearthworkError({
    code: "node/timeout",
    message: `the Bitcoin node at ${url.origin} did not answer ${method} within ${within} s`,
    data: { url: url.origin, method, within },
    retry: "later",
  });

const oversized = (method: string, mostBytes: number) =>
  new HearthworkError({
    code: "node/oversized",
    message: `the answer to ${method} is longer than ${mostBytes} bytes; is this a Bitcoin node?`,
    data: { method, mostBytes },
  });

const givenUp = (method: string, cause: unknown) =>
  new HearthworkError({
    code: "node/given-up",
    message: `the call ${method} was given up`,
    retry: "later",
    cause,
  });
