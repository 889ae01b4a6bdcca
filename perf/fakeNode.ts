import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
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
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { id, method, params } = JSON.parse(body) as {
        id: number;
        method: string;
        params: [{ longpollid?: string }?];
      };
      if (params[0]?.longpollid !== undefined) return;
      response.end(JSON.stringify({ id, result: results[method]?.(), error: null }));
    });
  });
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
