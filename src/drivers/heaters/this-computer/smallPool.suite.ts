import { createServer, type Socket } from "node:net";

/** A pool that gives out one job of hardly any difficulty and takes every share. */
export interface SmallPool {
  readonly port: number;
  readonly shares: () => number;
  close(): Promise<void>;
}

const coinbaseStart = `01000000010${"0".repeat(63)}ffffffff0a`;
const coinbaseEnd = "ffffffff0100f2052a01000000015100000000";
const job = ["1", "00".repeat(32), coinbaseStart, coinbaseEnd, [], "20000000", "1d00ffff", "69696969", true];

export async function startSmallPool(port = 0): Promise<SmallPool> {
  const sockets = new Set<Socket>();
  let shares = 0;
  const answer = (socket: Socket, line: string) => {
    const { id, method } = JSON.parse(line) as { id: number; method: string };
    const say = (message: object) => socket.write(`${JSON.stringify(message)}\n`);
    const reply = (result: unknown) => say({ id, result, error: null });
    if (method === "mining.configure") return reply({});
    if (method === "mining.subscribe") return reply([[["mining.notify", "1"]], "00000001", 4]);
    if (method === "mining.submit") shares += 1;
    reply(true);
    if (method !== "mining.authorize") return undefined;
    say({ id: null, method: "mining.set_difficulty", params: [0.0002] });
    return say({ id: null, method: "mining.notify", params: job });
  };
  const server = createServer((socket) => {
    let rest = "";
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes) => {
      const lines = (rest + bytes.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) answer(socket, line);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    shares: () => shares,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
