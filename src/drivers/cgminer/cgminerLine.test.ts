import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { openCgminerLine } from "./cgminerLine.ts";

const patient = AbortSignal.timeout(60_000);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A device that does with each question what `answer` does, and keeps what it was asked. */
async function device(answer: (command: string, socket: Socket) => void) {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      const { command } = JSON.parse(bytes.toString()) as { command: string };
      asked.push(command);
      answer(command, socket);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return { line: openCgminerLine({ host: "127.0.0.1", port: address.port }), asked };
}

const ok = (section: string, value: object) =>
  `{"STATUS":[{"STATUS":"S","When":5,"Msg":"fine"}],"${section}":[${JSON.stringify(value)}],"id":1}`;
const summary = ok("SUMMARY", { Elapsed: 3 });
const read = { status: { kind: "S", message: "fine", when: 5 }, sections: { SUMMARY: [{ Elapsed: 3 }] } };

describe("a reply ends", () => {
  it.each<[string, (socket: Socket) => void]>([
    ["at NUL while the socket stays open", (socket) => socket.write(`${summary}\0`)],
    ["at a newline while the socket stays open", (socket) => socket.write(`${summary}\n`)],
    ["with the connection", (socket) => socket.end(summary)],
    ["with silence, when all its brackets are closed", (socket) => socket.write(summary)],
    [
      "after its last line, when it has more than one",
      (socket) => socket.write(`${summary.replaceAll(",", ",\n")}\n`),
    ],
    [
      "with silence, when it is cut off before a newline",
      (socket) => socket.write(`${summary.slice(0, -10)}\n`),
    ],
    [
      "with its last piece",
      (socket) => {
        socket.write(summary.slice(0, 30));
        setTimeout(() => socket.write(`${summary.slice(30)}\0`), 50);
      },
    ],
  ])("%s", async (_, write) => {
    const { line } = await device((_command, socket) => write(socket));
    expect(await line.ask("summary", undefined, patient)).toEqual(read);
  });

  it("never by being half of one without an end", async () => {
    const { line } = await device((_, socket) => socket.write(summary.slice(0, 40)));
    await expect(line.ask("summary", undefined, AbortSignal.timeout(1000))).rejects.toMatchObject({
      code: "device/no-answer",
      retry: "later",
    });
  });
});

describe("several reports", () => {
  const single: Readonly<Record<string, string>> = { summary, version: ok("VERSION", { API: "3.7" }) };
  const both = { summary: read, version: { ...read, sections: { VERSION: [{ API: "3.7" }] } } };

  it("are asked joined", async () => {
    const { line, asked } = await device((_, socket) =>
      socket.end(`{"summary":[${single["summary"]}],"version":[${single["version"]}],"id":1}\0`),
    );
    expect(await line.askAll(["summary", "version"], patient)).toEqual(both);
    expect(asked).toEqual(["summary+version"]);
  });

  it.each<[string, (socket: Socket) => void]>([
    ["refuses", (socket) => socket.end('{"STATUS":[{"STATUS":"E","Msg":"Invalid command"}],"id":1}\0')],
    ["hangs up on", (socket) => socket.destroy()],
    ["answers with nonsense", (socket) => socket.end("what?\0")],
    ["forgets one of", (socket) => socket.end(`{"summary":[${summary}],"id":1}\0`)],
  ])("are asked singly of a device that %s joined ones, and soon no longer joined", async (_, answer) => {
    const { line, asked } = await device((command, socket) => {
      if (command.includes("+")) answer(socket);
      else socket.end(single[command] ?? "");
    });
    for (let time = 0; time < 4; time++)
      expect(await line.askAll(["summary", "version"], patient)).toEqual(both);
    expect(asked.filter((command) => command.includes("+"))).toHaveLength(3);
    expect(asked.slice(-2)).toEqual(["summary", "version"]);
  });

  it("tell of one that the device does not have", async () => {
    const unknown = '{"STATUS":[{"STATUS":"E","Msg":"Invalid command"}]}';
    const { line, asked } = await device((_, socket) =>
      socket.end(`{"summary":[${summary}],"coin":[${unknown}],"id":1}\0`),
    );
    const replies = await line.askAll(["summary", "coin"], patient);
    expect(replies.coin).toEqual({
      status: { kind: "E", message: "Invalid command", when: undefined },
      sections: {},
    });
    expect(asked).toHaveLength(1);
  });
});

it("questions wait for each other, and no longer than their signals", async () => {
  let open = 0;
  let most = 0;
  const { line } = await device((_, socket) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open -= 1;
      socket.end(summary);
    }, 60);
  });
  const asks = [1, 2, 3].map(() => line.ask("summary", undefined, patient));
  await expect(line.ask("summary", undefined, AbortSignal.timeout(20))).rejects.toMatchObject({
    code: "device/no-answer",
  });
  expect(await Promise.all(asks)).toEqual([read, read, read]);
  expect(most).toBe(1);
});

it("an answer without end is not read to its end", async () => {
  const { line } = await device((_, socket) => {
    socket.on("drain", () => socket.write("a".repeat(65_536)));
    for (let piece = 0; piece < 20; piece++) socket.write("a".repeat(65_536));
  });
  await expect(line.ask("summary", undefined, patient)).rejects.toMatchObject({ code: "device/too-long" });
});
