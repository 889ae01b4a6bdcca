import { createServer, type Server, type Socket } from "node:net";
import { HearthworkError, Seconds, simulatedClock, Instant, Watts, type Clock } from "../../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, HeaterTraits, Setpoint } from "../../heat/index.ts";
import { askLine, type LineAddress } from "../transports/askLine.ts";
import type { Bench, Trouble } from "./bench.suite.ts";

/** A small made-up heater on TCP and its driver: the pattern for real ones, and what the contract is tried on. */
export interface LineBench extends Bench {
  readonly virtual: VirtualHeater;
}

const levels = [60, 90, 125].map(Watts);
const idleWatts = Watts(5);
const hold = Seconds(30);
const slowMs = 400;
const dripMs = 30;
const flood = "x".repeat(4096);

/** Opens the virtual heater and its driver. */
export async function openLineHeater(): Promise<LineBench> {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  const virtual = await startVirtualHeater(clock);
  const driver = lineHeater(virtual.address, clock);
  return {
    driver,
    virtual,
    tolerance: Watts(1),
    device: {
      truth: () => Promise.resolve(virtual.truth()),
      pass: (duration) => clock.advance(duration),
      suffer: (trouble) => virtual.suffer(trouble),
      recover: () => virtual.suffer(undefined),
      loseHearth: () => Promise.resolve(),
    },
    dispose: () => virtual.close(),
  };
}

const traits: HeaterTraits = {
  steps: { mining: { kind: "levels", watts: levels } },
  idleWatts,
  maxWatts: Watts(125),
  powerReturnWatts: Watts(0),
  canStop: true,
  stopSurvivesRestart: true,
  settle: Seconds(3),
  change: "live",
  provenance: "reported",
  safeState: {
    description: "its own timer stops it",
    guard: { by: "device-watchdog", within: hold },
  },
};

/** Each call has a connection of its own; every read re-arms the device's timer. */
function lineHeater(address: LineAddress, clock: Clock): HeaterDriver {
  let closed = false;
  const ask = async (request: object, signal: AbortSignal): Promise<Reply> => {
    if (closed) throw new HearthworkError({ code: "driver/closed", message: "it is closed", retry: "later" });
    return readReply(await askLine(address, `${JSON.stringify(request)}\n`, signal));
  };
  const read = async (signal: AbortSignal): Promise<HeaterReading> => {
    const { watts } = await ask({ do: "read", hold }, signal);
    const workload = watts > idleWatts ? "mining" : "idle";
    return { at: clock.now(), watts: Watts(watts), provenance: "reported", workload, faults: [] };
  };
  const apply = async (setpoint: Setpoint, signal: AbortSignal): Promise<Applied> => {
    const watts = setpoint.workload === "idle" ? idleWatts : setpoint.watts;
    if (setpoint.workload !== "idle" && (setpoint.workload !== "mining" || !levels.includes(watts))) {
      return { outcome: "refused", why: `it has no level of ${watts} W for ${setpoint.workload}` };
    }
    const { refused } = await ask({ do: "set", watts, hold }, signal);
    if (refused !== undefined) return { outcome: "refused", why: refused };
    return { outcome: "applied", reading: await read(signal) };
  };
  return {
    traits,
    read,
    apply,
    async close() {
      if (!closed)
        await ask({ do: "set", watts: idleWatts, hold }, AbortSignal.timeout(2000)).catch(() => {});
      closed = true;
    },
    leave() {
      closed = true;
      return Promise.resolve();
    },
  };
}

interface Reply {
  readonly watts: number;
  readonly refused: string | undefined;
}

function readReply(text: string): Reply {
  try {
    const { watts, refused } = JSON.parse(text) as { watts?: unknown; refused?: unknown };
    if (typeof watts === "number" && watts >= 0 && watts < 1000) {
      return { watts, refused: typeof refused === "string" ? refused : undefined };
    }
  } catch {
    // Falls through to the one error for all nonsense.
  }
  const message = `it answered with nonsense: ${text.slice(0, 60)}`;
  throw new HearthworkError({ code: "device/garbage", message, retry: "later" });
}

export interface VirtualHeater {
  readonly address: LineAddress;
  truth(): { readonly watts: number; readonly workload: "mining" | "idle" };
  suffer(trouble: Trouble | undefined): Promise<void>;
  /** So that its own timer never stops it. */
  breakTimer(): void;
  close(): Promise<void>;
}

async function startVirtualHeater(clock: Clock): Promise<VirtualHeater> {
  let watts: number = idleWatts;
  let armedUntil = 0;
  let timerWorks = true;
  let trouble: Trouble | undefined;
  const sockets = new Set<Socket>();

  const now = () => {
    if (timerWorks && clock.monotonic() > armedUntil) watts = idleWatts;
    return watts;
  };
  const obey = (line: string): object => {
    const request = JSON.parse(line) as { do: string; watts?: number; hold?: number };
    now();
    armedUntil = clock.monotonic() + (request.hold ?? 0);
    if (request.do === "set" && trouble === "refusing") return { watts, refused: "it is calibrating" };
    if (request.do === "set") watts = request.watts ?? watts;
    return { watts };
  };
  const answer = async (socket: Socket, line: string) => {
    if (trouble === "half-open") return;
    const reply = trouble === "garbage" ? "}{,}" : JSON.stringify(obey(line));
    if (trouble === "slow") await new Promise((resolve) => setTimeout(resolve, slowMs));
    if (trouble === "dripping") return repeat(socket, dripMs, (turn) => reply[turn] ?? "");
    if (trouble === "oversized") return repeat(socket, 1, () => flood);
    if (!socket.destroyed) socket.write(`${reply}\n`);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    if (trouble === "silent") socket.pause();
    else socket.once("data", (bytes) => void answer(socket, bytes.toString()));
  });
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  const address = { host: "127.0.0.1", port: await listen(server, 0) };

  return {
    address,
    truth: () => ({ watts: now(), workload: now() > idleWatts ? "mining" : "idle" }),
    breakTimer: () => (timerWorks = false),
    async suffer(next) {
      if (trouble === "rebooting") await listen(server, address.port);
      trouble = next;
      if (next === "rebooting") {
        hangUp();
        await stop(server);
        watts = idleWatts;
      }
    },
    async close() {
      hangUp();
      if (server.listening) await stop(server);
    },
  };
}

/** Writes again and again until the other side hangs up. */
function repeat(socket: Socket, everyMs: number, next: (turn: number) => string): void {
  let turn = 0;
  const timer = setInterval(() => {
    if (!socket.writableNeedDrain) socket.write(next(turn++));
  }, everyMs);
  socket.once("close", () => clearInterval(timer));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

const stop = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
