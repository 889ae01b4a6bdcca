import { once } from "node:events";
import { connect, type Socket } from "node:net";
import {
  createSha256d,
  headerAt,
  meetsTarget,
  startClient,
  stepClient,
  type ClientState,
} from "../src/bitcoin/index.ts";
import { Instant } from "../src/domain/index.ts";

/** A connection that hands in shares made beforehand, and does as little else as it can. */
export interface LoadMiner {
  /** Makes so many shares of the newest work ready, each valid, no two alike. */
  prepare(shares: number): void;
  /** Hands in the next ones. */
  submit(shares: number): void;
  /** Told of so many answers at a time. */
  onAnswers: (accepted: number, refused: number) => void;
  /** Told when the pool hangs up. */
  onLost: () => void;
  close(): void;
}

/** More than a pool would keep the merkle roots of, so that it has to compute the root of each share. */
const headers = 32;
const sha256d = createSha256d();
const now = Instant(0);

/** Introduces itself as any miner does. */
export async function connectLoadMiner(host: string, port: number): Promise<LoadMiner> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, "connect");
  let session = await introduce(socket, host, port);
  let maker = shareMaker(workOf(session));
  let ready: string[] = [];
  let sent = 0;
  let tail = "";

  const miner: LoadMiner = {
    prepare(shares) {
      const work = workOf(session);
      if (work !== maker.work) maker = shareMaker(work);
      ready = [];
      sent = 0;
      while (ready.length < shares) ready.push(maker.next());
    },
    submit(shares) {
      let lines = "";
      for (let share = 0; share < shares; share += 1) lines += ready[sent++] ?? "";
      socket.write(lines, "latin1");
    },
    onAnswers: () => {},
    onLost: () => {},
    close: () => socket.destroy(),
  };
  socket.on("error", () => {});
  socket.on("close", () => miner.onLost());
  socket.on("data", (chunk) => {
    const text = tail + chunk.toString("latin1");
    let accepted = 0;
    let refused = 0;
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      if (text.startsWith('{"id":7,"result":true', start)) accepted += 1;
      else if (text.startsWith('{"id":7,', start)) refused += 1;
      else session = hear(session, text.slice(start, end + 1));
      start = end + 1;
    }
    tail = text.slice(start);
    if (accepted + refused > 0) miner.onAnswers(accepted, refused);
  });
  return miner;
}

/** Makes shares of one work. */
function shareMaker(work: Work) {
  const made = Array.from({ length: headers }, (_, index) => Uint8Array.from(headerAt(work, index).header));
  const views = made.map((header) => new DataView(header.buffer));
  const time = hex32(work.job.time);
  let header = 0;
  let nonce = 0;

  return {
    work,
    next(): string {
      header = (header + 1) % headers;
      const bytes = made[header];
      const view = views[header];
      for (;;) {
        nonce += 1;
        view?.setUint32(76, nonce, true);
        if (bytes && meetsTarget(sha256d(bytes), work.target)) break;
      }
      const extranonce2 = header.toString(16).padStart(2 * work.extranonce.extranonce2Bytes, "0");
      return `{"id":7,"method":"mining.submit","params":["load","${work.job.id}","${extranonce2}","${time}","${hex32(nonce)}"]}\n`;
    },
  };
}

type Work = NonNullable<ClientState["work"]>;

function workOf({ work }: ClientState): Work {
  if (!work) throw new Error("the pool gives no work");
  return work;
}

/** What the pool says by itself: new work, mostly. */
const hear = (session: ClientState, line: string): ClientState =>
  stepClient(session, { kind: "bytes", bytes: Buffer.from(line, "latin1") }, now).state;

async function introduce(socket: Socket, host: string, port: number): Promise<ClientState> {
  let state = startClient(
    {
      agent: "load",
      user: "load",
      password: "x",
      host,
      port,
      plain: true,
      leastDifficulty: Number.MIN_VALUE,
    },
    now,
  );
  const take = (event: Parameters<typeof stepClient>[1]) => {
    const step = stepClient(state, event, now);
    state = step.state;
    for (const effect of step.effects) if (effect.kind === "send") socket.write(effect.line);
  };
  take({ kind: "connected" });
  while (state.phase !== "mining" || !state.work) {
    const [bytes] = (await once(socket, "data")) as [Uint8Array];
    take({ kind: "bytes", bytes });
  }
  return state;
}

const hex32 = (value: number) => value.toString(16).padStart(8, "0");
