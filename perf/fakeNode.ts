import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeNode {
  readonly url: string;
  close(): void;
}

/** Answers as a node would that wants a full block of mainnet: so many transactions, of a usual size. */
export async function startFakeNode(transactions: number): Promise<FakeNode> {
  const hex = (bytes: number) => randomBytes(bytes).toString("hex");
  const template = {
    version: 0x20000000,
    rules: ["csv", "!segwit", "taproot"],
    previousblockhash: hex(32),
    transactions: Array.from({ length: transactions }, () => ({
      data: hex(400),
      txid: hex(32),
      hash: hex(32),
    })),
    coinbasevalue: 314_000_000,
    longpollid: "news",
    bits: "1701f0cc",
    height: 920_000,
    default_witness_commitment: `6a24aa21a9ed${hex(32)}`,
  };
  const results: Readonly<Record<string, () => unknown>> = {
    getblockchaininfo: () => ({ chain: "main", blocks: 919_999 }),
    getblocktemplate: () => {
      const curtime = Math.floor(Date.now() / 1000);
      return { ...template, curtime, mintime: curtime - 3600 };
    },
  };
  const server = createServer((request, response) => void answer(request, response, results));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly [{ readonly longpollid?: string }?];
}

/** A long poll is never answered: there is no news. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  results: Readonly<Record<string, () => unknown>>,
): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { id, method, params } = JSON.parse(body) as Call;
  if (params[0]?.longpollid !== undefined) return;
  response.end(JSON.stringify({ id, result: results[method]?.(), error: null }));
}
