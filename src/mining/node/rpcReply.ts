import { z } from "zod";
import { HearthworkError } from "../../domain/index.ts";

const replySchema = z.object({
  id: z.unknown(),
  result: z.unknown(),
  error: z.object({ code: z.int(), message: z.string() }).nullish(),
});

/** Bitcoin Core, `src/rpc/protocol.h`. */
const notConnected = -9;
const inInitialDownload = -10;
const warmingUp = -28;

/**
 * What a node answered to the call `id`, or the fault that its answer is.
 * @throws {HearthworkError} `node/unauthorised`, `node/forbidden`, `node/busy`, `node/garbled` by what came over
 *   HTTP; `node/syncing`, `node/no-peers`, `node/refused` by what the node says.
 */
export function readRpcReply(status: number, body: string, id: number, method: string): unknown {
  if (status === 401) throw unauthorised();
  if (status === 403) throw forbidden();
  const reply = replySchema.safeParse(parseJson(body));
  if (!reply.success || reply.data.id !== id) throw status === 503 ? busy() : garbled(status, body, method);
  const { error, result } = reply.data;
  if (error) throw refusal(error, method);
  return result;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal({ code, message }: { code: number; message: string }, method: string): HearthworkError {
  const words = plain(message);
  const data = { rpcCode: code, method };
  if (code === inInitialDownload || code === warmingUp) {
    return new HearthworkError({
      code: "node/syncing",
      message: `the Bitcoin node is not ready yet: ${words}; it will be once it has caught up with the network`,
      data,
      retry: "later",
    });
  }
  if (code === notConnected) {
    return new HearthworkError({
      code: "node/no-peers",
      message: `the Bitcoin node has no peers: ${words}; check its connection to the network`,
      data,
      retry: "later",
    });
  }
  return new HearthworkError({
    code: "node/refused",
    message: `the Bitcoin node refused ${method}: ${words} (${code})`,
    data,
  });
}

/** Words of others, short and on one line. */
export function plain(text: string): string {
  return text
    .slice(0, 300)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
}

const unauthorised = () =>
  new HearthworkError({
    code: "node/unauthorised",
    message:
      "the Bitcoin node does not accept these credentials; check the cookie file, or rpcuser and rpcpassword (rpcauth) in its bitcoin.conf",
  });

const forbidden = () =>
  new HearthworkError({
    code: "node/forbidden",
    message: "the Bitcoin node takes no RPC from this address; allow it by rpcallowip in its bitcoin.conf",
  });

const busy = () =>
  new HearthworkError({
    code: "node/busy",
    message:
      "the Bitcoin node has too many calls waiting; raise rpcworkqueue in its bitcoin.conf if this lasts",
    retry: "later",
  });

const garbled = (status: number, body: string, method: string) =>
  new HearthworkError({
    code: "node/garbled",
    message: `what answers ${method} (HTTP ${status}) is no Bitcoin node's RPC: "${plain(body).slice(0, 80)}"; check the address`,
    data: { status, method },
    retry: "later",
  });
