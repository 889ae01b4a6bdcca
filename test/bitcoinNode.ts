import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A real full node in regtest, without peers, that only this machine can reach. */
export interface BitcoinNode {
  /** Of its RPC, without credentials. It stays the same over `halt` and `resume`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Mines to a key of its own. Segwit is active from block 432 on. @returns the new height */
  generate(count: number): Promise<number>;
  /** Puts into the mempool one transaction for each coinbase of `heights`. @returns the mempool's size */
  spend(heights: readonly number[], fee: number): Promise<number>;
  /** One call of its RPC, as a second opinion beside our own client. */
  call(method: string, ...params: readonly unknown[]): Promise<unknown>;
  /** Goes away like a node that is restarted; its chain is kept. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL("bitcoin-node/regtest.cjs", import.meta.url));
const user = "hearthwork";
const password = "regtest:only";

export async function startBitcoinNode(): Promise<BitcoinNode> {
  const prefix = await mkdtemp(join(tmpdir(), "hearthwork-bitcoin-"));
  let running: RunningNode | undefined = await launch(prefix, 0);
  const { port } = running;
  const url = `http://127.0.0.1:${port}`;

  const ask = (command: string, args: object): Promise<number> => {
    if (!running) throw new Error("the Bitcoin node is halted");
    return running.ask(command, args);
  };
  const halt = async () => {
    const halted = running;
    running = undefined;
    await halted?.end();
  };

  return {
    url,
    user,
    password,
    generate: (count) => ask("generate", { count }),
    spend: (heights, fee) => ask("spend", { heights, fee }),
    async call(method, ...params) {
      const reply = await fetch(url, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`${user}:${password}`)}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ id: 1, method, params }),
      });
      const { result, error } = (await reply.json()) as { result: unknown; error: unknown };
      if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
      return result;
    },
    halt,
    async resume() {
      running ??= await launch(prefix, port);
    },
    async stop() {
      await halt();
      await rm(prefix, { recursive: true, force: true });
    },
  };
}

interface RunningNode {
  readonly port: number;
  ask(command: string, args: object): Promise<number>;
  end(): Promise<void>;
}

type Answer = { readonly id?: number; readonly value?: number; readonly error?: string };

async function launch(prefix: string, httpPort: number): Promise<RunningNode> {
  const child = fork(script, [JSON.stringify({ prefix, httpPort, apiKey: password })], {
    env: { ...process.env, NODE_BACKEND: "js", NODE_NO_WARNINGS: "1" },
    execArgv: [],
  });
  const pending = new Map<number, { resolve: (value: number) => void; reject: (reason: Error) => void }>();
  const answerTo = (id: number) =>
    new Promise<number>((resolve, reject) => pending.set(id, { resolve, reject }));
  let asked = 0;

  child.on("message", ({ id = -1, value = 0, error }: Answer) => {
    const waiting = pending.get(id);
    pending.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(`the Bitcoin node: ${error}`));
  });
  child.once("exit", (code) => {
    for (const waiting of pending.values()) waiting.reject(new Error(`the Bitcoin node ended with ${code}`));
    pending.clear();
  });

  const port = await answerTo(0);
  return {
    port,
    ask(command, args) {
      asked += 1;
      const answer = answerTo(asked);
      child.send({ id: asked, command, args });
      return answer;
    },
    async end() {
      const ended = ending(child);
      child.disconnect();
      await ended;
    },
  };
}

function ending(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
  });
}
