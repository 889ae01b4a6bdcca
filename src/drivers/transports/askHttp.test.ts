import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { HearthworkError } from "../../domain/index.ts";
import { askDone, askHttp, askJson, type HttpLimits, type HttpRequest } from "./askHttp.ts";

const never = new AbortController().signal;
const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
});

/** A device that treats each connection as told, once a request came in; gives its address and what it was asked. */
async function device(treat: (socket: Socket) => void) {
  const asked: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      asked.push(bytes.toString());
      treat(socket);
    });
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}`), asked };
}

const says = (status: string, body: string, headers = "") =>
  device((socket) =>
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`),
  );
const faultOf = async (call: Promise<unknown>) => {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof HearthworkError)) throw new Error("it threw no HearthworkError", { cause: thrown });
  return thrown;
};
const get: HttpRequest = { path: "/api?secret=1" };
const ask = (url: URL, limits?: HttpLimits) => askHttp(url, get, never, limits);

describe("a device that is asked", () => {
  it("gets method, path, query, headers and JSON", async () => {
    const { url, asked } = await says("200 OK", '{"w":5}');
    const body = { watt: 500 };
    const request = { method: "PUT", path: "/p?q=1", headers: { authorization: "t" }, body } as const;
    expect(await askJson(url, request, z.object({ w: z.number() }), never)).toEqual({ w: 5 });
    expect(asked[0]).toMatch(/^PUT \/p\?q=1 HTTP\/1\.1\r\n/);
    expect(asked[0]).toMatch(/authorization: t\r\n/i);
    expect(asked[0]).toMatch(/connection: close\r\n/i);
    expect(asked[0]).toMatch(/content-length: 12\r\n[^]*\{"watt":500\}$/i);
  });

  it("may answer any status, which is told as it is", async () => {
    const { url } = await says("404 Not Found", "what?", "x-model: Q\r\n");
    expect(await ask(url)).toMatchObject({ status: 404, text: "what?", headers: { "x-model": "Q" } });
  });

  it("may answer nothing", async () => {
    const { url } = await says("204 No Content", "");
    expect(await askJson(url, get, z.undefined(), never)).toBeUndefined();
  });

  it("does not send the hearth elsewhere", async () => {
    const other = await says("200 OK", "{}");
    const { url } = await says("302 Found", "", `location: ${other.url.href}\r\n`);
    expect(await ask(url)).toMatchObject({ status: 302 });
    expect(await faultOf(askDone(url, get, never))).toMatchObject({
      code: "device/refused",
      data: { status: 302 },
    });
    expect(other.asked).toEqual([]);
  });
});

describe("a device in trouble", () => {
  const halfBody = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
  it.each<[string, (socket: Socket) => void, string, string]>([
    ["hangs up", (socket) => socket.end(), "no-answer", "hung up without a whole answer"],
    [
      "hangs up in the middle",
      (socket) => socket.end(halfBody),
      "no-answer",
      "hung up without a whole answer",
    ],
    ["resets", (socket) => socket.resetAndDestroy(), "no-answer", "hung up without a whole answer"],
    ["speaks no HTTP", (socket) => socket.end("}{,\n\0"), "garbage", "answered with what is no HTTP"],
    ["takes the request and says no more", () => {}, "no-answer", "did not answer in time"],
    ["stops in the middle", (socket) => socket.write(halfBody), "no-answer", "did not answer in time"],
    ["drips", drip, "no-answer", "did not answer in time"],
    ["drips headers", dripHeaders, "no-answer", "did not answer in time"],
    ["sends too much", flood, "too-long", "answered with more than 2000 bytes"],
    [
      "sends endless headers",
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(40_000)}`),
      "garbage",
      "answered with what is no HTTP",
    ],
    [
      "changes the protocol",
      (socket) => socket.write("HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
      "no-answer",
      "hung up",
    ],
  ])("that %s is told so, in time", async (_, treat, code, words) => {
    const { url } = await device(treat);
    const started = performance.now();
    const fault = await faultOf(ask(url, { longest: 2000, withinMs: 150 }));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(fault).toMatchObject({ code: `device/${code}`, retry: "later", data: { host: url.host } });
    expect(fault.message).toContain(words);
  });

  it("is given up when the caller does", async () => {
    const { url } = await device(() => {});
    const fault = await faultOf(askHttp(url, get, AbortSignal.timeout(50)));
    expect(fault).toMatchObject({ code: "device/no-answer", retry: "later" });
  });

  it("is not asked at all under a signal that is aborted", async () => {
    const { url, asked } = await says("200 OK", "{}");
    expect(await faultOf(askHttp(url, get, AbortSignal.abort()))).toMatchObject({ code: "device/no-answer" });
    expect(asked).toEqual([]);
  });

  it("is unreachable when nothing listens there", async () => {
    const { url } = await device(() => {});
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const fault = await faultOf(ask(url));
    expect(fault).toMatchObject({ code: "device/no-answer" });
    expect(fault.message).toContain("cannot be reached");
  });
});

describe("an answer that is no yes", () => {
  it.each([
    ["401 Unauthorized", "device/not-allowed", "later"],
    ["403 Forbidden", "device/not-allowed", "later"],
    ["400 Bad Request", "device/refused", "never"],
    ["422 Unprocessable", "device/refused", "never"],
    ["429 Too Many", "device/failed", "later"],
    ["503 Busy", "device/failed", "later"],
  ])("%s is %s with the device's words, to be tried %s", async (status, code, retry) => {
    const { url } = await says(status, "tuning\r\n\u001b[31m in   progress");
    const fault = await faultOf(askDone(url, get, never));
    expect(fault).toMatchObject({ code, retry, data: { status: Number.parseInt(status, 10) } });
    expect(fault.message).toContain("tuning [31m in progress");
    expect(fault.message).toContain("GET /api (");
    expect(fault.message).not.toContain("secret=1");
  });

  it("does not tell the secrets that the device repeats", async () => {
    const { url } = await says(
      "401 No",
      `{"got":"Bearer tok\\"en","of":"hunter2"} ${" ".repeat(3000)} hunter2`,
    );
    const headers = { Authorization: 'Bearer tok"en' };
    const { message } = await faultOf(askDone(url, { ...get, headers, secrets: ["hunter2", ""] }, never));
    expect(message).toContain('{"got":"…","of":"…"} …; check');
  });

  it.each([
    ["{,}", "no JSON: {,}"],
    ["", "the whole: "],
    ['{"power":{"watt":"much"}}', "power.watt: "],
    ["[".repeat(100_000), "no JSON: [[["],
  ])("%.20s is nonsense", async (text, words) => {
    const { url } = await says("200 OK", text);
    const schema = z.object({ power: z.object({ watt: z.number() }) });
    const fault = await faultOf(askJson(url, get, schema, never));
    expect(fault).toMatchObject({ code: "device/garbage", retry: "later" });
    expect(fault.message).toContain(words);
    expect(fault.message.length).toBeLessThan(300);
  });
});

function drip(socket: Socket): void {
  socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
  every(20, socket, " ");
}

function dripHeaders(socket: Socket): void {
  socket.write("HTTP/1.1 200 OK\r\n");
  every(20, socket, "x: y\r\n");
}

function flood(socket: Socket): void {
  socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
  every(1, socket, `400\r\n${"x".repeat(1024)}\r\n`);
}

function every(ms: number, socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), ms);
  socket.once("close", () => clearInterval(timer));
}
