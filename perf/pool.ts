import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.ts";
import { startFakeNode } from "./fakeNode.ts";
import { connectLoadMiner, type LoadMiner } from "./loadMiner.ts";
import type { PoolReport } from "./poolServer.ts";

type Name =
  | "sharesPerSecond"
  | "p99ReplyMs"
  | "p50ReplyMs"
  | "residentMiB"
  | "residentGrowthMiB"
  | "liveMiB"
  | "liveGrowthMiB"
  | "microsecondsPerShare";

const connections = 1000;
/** With the coinbase a full tree of eleven levels. */
const transactions = 2 ** 11 - 1;
/** A share takes four hashes or so. */
const shareDifficulty = 1e-9;
const rounds = { count: 4, sharesPerConnection: 100, outstanding: 8 };
/** Before memory is measured the first time, so that it is in the same state as at the end. */
const warmUpSeconds = 35;
/** Longer than the pool takes to renew its work, so that renewing is in it. */
const openLoop = { perSecond: 3000, seconds: 40 };

export const pool: Benchmark<Name> = {
  title: `solo pool: ${connections} connections, each share validated over eleven merkle branches, best of ${rounds.count} rounds`,
  figures: [
    { name: "sharesPerSecond", unit: "shares/s", better: "higher", must: 10_000, goal: 20_000 },
    { name: "p99ReplyMs", unit: "ms", better: "lower", must: 50 },
    { name: "p50ReplyMs", unit: "ms", better: "lower" },
    { name: "residentMiB", unit: "MiB", better: "lower" },
    { name: "residentGrowthMiB", unit: "MiB", better: "lower", must: 16 },
    { name: "liveMiB", unit: "MiB", better: "lower" },
    { name: "liveGrowthMiB", unit: "MiB", better: "lower", must: 16 },
    { name: "microsecondsPerShare", unit: "µs CPU", better: "lower" },
  ],
  async measure() {
    const node = await startFakeNode(transactions);
    const server = await startServer(node.url);
    const { url } = await report(server);
    const { hostname, port } = new URL(url.replace("stratum+tcp", "http"));
    const miners = await connectAll(hostname, Number(port));
    try {
      const best = await measureRate(miners, server);
      await measureReplies(miners, warmUpSeconds);
      const before = await report(server);
      const replies = await measureReplies(miners, openLoop.seconds);
      const after = await report(server);
      return {
        ...best,
        ...replies,
        residentMiB: after.residentBytes / 2 ** 20,
        residentGrowthMiB: (after.residentBytes - before.residentBytes) / 2 ** 20,
        liveMiB: after.liveBytes / 2 ** 20,
        liveGrowthMiB: (after.liveBytes - before.liveBytes) / 2 ** 20,
      };
    } finally {
      for (const miner of miners) {
        miner.onLost = () => {};
        miner.close();
      }
      node.close();
      server.disconnect();
      await once(server, "exit");
    }
  },
};

async function startServer(nodeUrl: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("poolServer.ts", import.meta.url));
  const server = fork(script, [nodeUrl, String(shareDifficulty)], { execArgv: ["--expose-gc"] });
  await once(server, "message");
  return server;
}

async function report(server: ChildProcess): Promise<PoolReport> {
  server.send("report");
  const [answer] = (await once(server, "message")) as [PoolReport];
  return answer;
}

async function connectAll(host: string, port: number): Promise<LoadMiner[]> {
  const miners: LoadMiner[] = [];
  while (miners.length < connections) {
    const some = Array.from({ length: 50 }, () => connectLoadMiner(host, port));
    miners.push(...(await Promise.all(some)));
  }
  return miners;
}

/** How many shares are answered a second when every connection always has some outstanding. */
async function measureRate(miners: readonly LoadMiner[], server: ChildProcess) {
  let sharesPerSecond = 0;
  let microsecondsPerShare = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds.count; round += 1) {
    for (const miner of miners) miner.prepare(rounds.sharesPerConnection);
    const before = await report(server);
    const began = performance.now();
    await Promise.all(miners.map(handInAll));
    const seconds = (performance.now() - began) / 1000;
    const after = await report(server);
    const accepted = after.accepted - before.accepted;
    if (after.refused > 0) throw new Error(`the pool refused ${after.refused} shares`);
    sharesPerSecond = Math.max(sharesPerSecond, accepted / seconds);
    microsecondsPerShare = Math.min(
      microsecondsPerShare,
      ((after.cpuSeconds - before.cpuSeconds) * 1e6) / accepted,
    );
  }
  return { sharesPerSecond, microsecondsPerShare };
}

function handInAll(miner: LoadMiner): Promise<void> {
  return new Promise((resolve, reject) => {
    let unsent = rounds.sharesPerConnection;
    let unanswered = unsent;
    const send = (wanted: number) => {
      const shares = Math.min(wanted, unsent);
      unsent -= shares;
      if (shares > 0) miner.submit(shares);
    };
    miner.onLost = () => reject(new Error("the pool hung up"));
    miner.onAnswers = (accepted, refused) => {
      if (refused > 0) reject(new Error("a share was refused"));
      unanswered -= accepted;
      if (unanswered === 0) resolve();
      else send(accepted);
    };
    send(rounds.outstanding);
  });
}

/**
 * How long answers take at a steady rate, from the time at which a share was to be sent: a pool or a sender that is late
 * is late for all that follow, too.
 */
async function measureReplies(miners: readonly LoadMiner[], seconds: number) {
  const total = openLoop.perSecond * seconds;
  for (const miner of miners) miner.prepare(Math.ceil(total / miners.length));
  const repliesMs = new Float64Array(total);
  const dueAt = miners.map((): number[] => []);
  let answered = 0;
  const done = Promise.withResolvers<void>();
  for (const [index, miner] of miners.entries()) {
    miner.onLost = () => done.reject(new Error("the pool hung up"));
    miner.onAnswers = (accepted, refused) => {
      if (refused > 0) done.reject(new Error("a share was refused"));
      const now = performance.now();
      for (let answer = 0; answer < accepted; answer += 1)
        repliesMs[answered++] = now - (dueAt[index]?.shift() ?? Number.NaN);
      if (answered === total) done.resolve();
    };
  }
  const began = performance.now();
  let sent = 0;
  const sendDue = () => {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * openLoop.perSecond));
    for (; sent < due; sent += 1) {
      const index = sent % miners.length;
      dueAt[index]?.push(began + (sent * 1000) / openLoop.perSecond);
      miners[index]?.submit(1);
    }
    if (sent < total) setTimeout(sendDue, 1);
  };
  sendDue();
  await done.promise;
  repliesMs.sort();
  const quantile = (share: number) => repliesMs[Math.floor(share * (total - 1))] ?? Number.NaN;
  return { p50ReplyMs: quantile(0.5), p99ReplyMs: quantile(0.99) };
}
