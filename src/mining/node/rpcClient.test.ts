import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { hostClock, Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import type { NodeAddress, NodeCredentials } from "./nodeAddress.ts";
import { openRpcClient, type RpcClientOptions } from "./rpcClient.ts";

const clock = hostClock(globalThis);
const password: NodeCredentials = { kind: "password", user: "me", password: "s:cret" };

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A node that knows one user, and answers each call with its method. */
const nodeThatKnows =
  (isKnown: (pair: string) => boolean): RequestListener =>
  (request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const pair = Buffer.from(request.headers.authorization?.slice("Basic ".length) ?? "", "base64");
      if (!isKnown(pair.toString())) return response.writeHead(401).end();
      const { id, method } = JSON.parse(body) as { id: number; method: string };
      return response.end(JSON.stringify({ id, result: method, error: null }));
    });
  };

function clientOf(node: NodeAddress, options: Partial<RpcClientOptions> = {}) {
  const client = openRpcClient({ node, clock, ...options });
  onTestFinished(() => client.close());
  return client;
}

describe("credentials", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hearthwork-cookie-"));
    file = join(folder, ".cookie");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("are a user and a password", async () => {
    const { url } = await serve(nodeThatKnows((pair) => pair === "me:s:cret"));
    expect(await clientOf({ url, credentials: password }).call("getblockcount", [])).toBe("getblockcount");
    const stranger = clientOf({ url, credentials: { ...password, password: "wrong" } });
    await expect(stranger.call("getblockcount", [])).rejects.toMatchObject({ code: "node/unauthorised" });
  });

  it("are a cookie, read again when the node has restarted", async () => {
    let cookie = "__cookie__:first";
    const { url } = await serve(nodeThatKnows((pair) => pair === cookie));
    const client = clientOf({ url, credentials: { kind: "cookie", file } });
    await expect(client.call("a", [])).rejects.toMatchObject({ code: "node/no-cookie" });
    await writeFile(file, `${cookie}\n`);
    expect(await client.call("b", [])).toBe("b");
    cookie = "__cookie__:second";
    await expect(client.call("c", [])).rejects.toMatchObject({ code: "node/unauthorised" });
    await writeFile(file, cookie);
    expect(await client.call("d", [])).toBe("d");
    cookie = "__cookie__:third";
    await writeFile(file, cookie);
    expect(await client.call("e", [])).toBe("e");
  });

  it("are never in the address, nor shown", () => {
    const node = { url: "http://me:secret@127.0.0.1:8332", credentials: password };
    expect(() => clientOf(node)).toThrow(/http:\/\/127\.0\.0\.1:8332\/" is no address/);
  });
});

describe("a node that is not there, or is something else", () => {
  it("is unreachable", async () => {
    const { url, server } = await serve(() => {});
    server.close();
    await expect(clientOf({ url, credentials: password }).call("m", [])).rejects.toMatchObject({
      code: "node/unreachable",
      retry: "later",
    });
  });

  it("is given up when it does not answer in time, and lets go of the socket", async () => {
    const time = simulatedClock(Instant(0));
    const { url, server } = await serve(() => {});
    const called = new Promise((resolve) => server.once("request", resolve));
    const client = clientOf({ url, credentials: password }, { clock: time });
    const call = client.call("m", [], { within: Seconds(5) });
    const failed = expect(call).rejects.toMatchObject({ code: "node/timeout" });
    await called;
    await time.advance(Seconds(4.9));
    await time.advance(Seconds(0.2));
    await failed;
  });

  it("is given up when told so", async () => {
    const { url, server } = await serve(() => {});
    const called = new Promise((resolve) => server.once("request", resolve));
    const { signal, abort } = stoppable();
    const call = clientOf({ url, credentials: password }).call("m", [], { signal });
    const failed = expect(call).rejects.toMatchObject({ code: "node/given-up" });
    await called;
    abort();
    await failed;
  });

  it("is not read beyond the longest reply", async () => {
    let sent = 0;
    const { url } = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) sent += 65_536;
        response.once("drain", more);
      };
      more();
    });
    const client = clientOf({ url, credentials: password }, { mostReplyBytes: 1_000_000 });
    await expect(client.call("m", [])).rejects.toMatchObject({ code: "node/oversized" });
    expect(sent).toBeLessThan(20_000_000);
  });

  it.each([
    ["a reply cut off in the middle", "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"],
    ["a closed connection", ""],
    ["no HTTP", "220 mail.example ESMTP\r\n"],
  ])("answers with %s", async (_, bytes) => {
    const { url } = await serve((request) => request.socket.end(bytes));
    await expect(clientOf({ url, credentials: password }).call("m", [])).rejects.toMatchObject({
      code: "node/unreachable",
    });
  });
});

it("sends again on a connection that the node closed while it was idle", async () => {
  const { url, server } = await serve(nodeThatKnows(() => true));
  const client = clientOf({ url, credentials: password });
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  expect(await client.call("a", [])).toBe("a");
  sockets[0]?.resetAndDestroy();
  expect(await client.call("b", [])).toBe("b");
  expect(sockets).toHaveLength(2);
});

function stoppable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
