import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Agent,
  type AgentEvent,
  newKey,
  parseExchangeAddress,
  signingKey,
  startAgent,
} from "../src/agent/index.ts";
import { Digest, hostClock, Seconds, seededRandom } from "../src/domain/index.ts";
import { type ApiClient, apiClient } from "../src/client/index.ts";
import type { TaskRunner } from "../src/jobs/index.ts";
import { runningProgram } from "../src/store/index.ts";
import { artefactUrl, jobRoutes, operatorRoutes } from "../src/wire/index.ts";
import { startHearthwork } from "../test/e2e/hearthProcess.ts";
import { tinyModule } from "../test/exchange/tinyModule.ts";
import { parts } from "../test/parts.ts";
import { startPostgres } from "../test/postgresServer.ts";

/** An exchange in a process of its own on PostgreSQL with fsync, and agents that are connected to it. */
export interface DispatchBench {
  /** The exchange's process. */
  readonly pid: number;
  /** Those who submit; several, as one consumer's jobs wait for each other. */
  readonly consumers: readonly ApiClient[];
  readonly module: Digest;
  /** What providers join with. */
  readonly address: string;
  agents(
    count: number,
    slots: number,
    runner: TaskRunner,
    onEvent: (event: AgentEvent, agent: number) => void,
  ): Promise<readonly Agent[]>;
  close(): Promise<void>;
}

const consumerCount = 8;
export const clock = hostClock(globalThis);

export async function openDispatchBench(): Promise<DispatchBench> {
  if (parts.postgresql === undefined) throw new Error("PostgreSQL is not installed; the benchmark needs it");
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-dispatch-"));
  const server = await startPostgres(parts.postgresql, "on");
  const url = await server.newDatabase();
  const exchange = startHearthwork(
    ["exchange", "--port", "0", "--data", "exchange", "--database", url],
    folder,
  );
  const [, address = ""] = await exchange.line(/provider join (\S+)/, 60_000);
  const run = runningProgram(join(folder, "exchange"), "exchange");
  if (!run) throw new Error("the exchange does not run");
  const operator = apiClient(run);
  const { keys, module } = await fill(operator, run);
  const open: Agent[] = [];

  return {
    pid: exchange.child.pid ?? 0,
    consumers: keys.map((token) => apiClient({ url: run.url, token })),
    module,
    address,
    async agents(count, slots, runner, onEvent) {
      const agents = Array.from({ length: count }, (_, i) =>
        joinExchange(address, {
          name: `agent ${i}`,
          seed: i,
          slots,
          runner,
          onEvent: (event) => onEvent(event, i),
        }),
      );
      for (const { joined } of agents) {
        await operator.call(operatorRoutes.vouch, {
          params: { id: await joined },
          body: { isVouched: true },
        });
      }
      open.push(...agents.map(({ agent }) => agent));
      return agents.map(({ agent }) => agent);
    },
    async close() {
      await Promise.all(open.map((agent) => agent.close(Seconds(0))));
      await exchange.interrupt();
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface BenchAgent {
  readonly name: string;
  readonly seed: number;
  readonly slots: number;
  readonly runner: TaskRunner;
  readonly onEvent: (event: AgentEvent) => void;
}

/** An agent with a key of its own; `joined` gives its id once the exchange has welcomed it. */
export function joinExchange(address: string, { name, seed, slots, runner, onEvent }: BenchAgent) {
  const { promise: joined, resolve } = Promise.withResolvers<string>();
  const agent = startAgent({
    exchange: parseExchangeAddress(address),
    key: signingKey(newKey()),
    kind: "datacenter",
    name,
    offer: { steps: [{ slots, perClassHour: "0.02" }], memoryMiB: 64 },
    runner,
    clock,
    random: seededRandom(seed),
    onToken: () => {},
    onEvent(event) {
      if (event.kind === "joined") resolve(event.provider);
      onEvent(event);
    },
  });
  return { agent, joined };
}

/** Opens accounts with money, and sends the one module. */
async function fill(operator: ApiClient, { url, token }: { url: string; token: string }) {
  const keys: string[] = [];
  for (let i = 0; i < consumerCount; i += 1) {
    const { id, key } = await operator.call(operatorRoutes.createConsumer, { body: { id: `c${i}` } });
    await operator.call(operatorRoutes.deposit, {
      params: { id, reference: "all" },
      body: { amount: "1000000" },
    });
    keys.push(key);
  }
  const bytes = tinyModule({});
  const module = Digest(createHash("sha256").update(bytes).digest("hex"));
  const reply = await fetch(`${url}${artefactUrl(module)}?offset=0&total=${bytes.length}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${token}` },
    body: Buffer.from(bytes),
  });
  if (!reply.ok) throw new Error(`the module was not taken: ${await reply.text()}`);
  return { keys, module };
}

/** Submits a job of so many tasks; gives its id. */
export async function submit(consumer: ApiClient, module: Digest, tasks: number): Promise<string> {
  const job = await consumer.call(jobRoutes.submitJob, {
    body: {
      name: "bench",
      kind: "wasm",
      module,
      tasks,
      classSeconds: 1,
      bid: "0.001",
      deadline: new Date(clock.now() + 3_600_000).toISOString(),
    },
  });
  return job.id;
}
