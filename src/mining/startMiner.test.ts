import { describe, expect, it, onTestFinished } from "vitest";
import {
  createExtranonceSpace,
  difficultyOfBits,
  type Hit,
  sha256d,
  usualServerSettings,
} from "../bitcoin/index.ts";
import { acceleratedClock, Hashes, HashesPerSecond, Instant, Seconds } from "../domain/index.ts";
import type { Hasher, HasherOptions, WorkSource } from "./hasher/hasher.ts";
import type { PoolAddress } from "./miner.ts";
import { type MinerEvent, startMiner } from "./startMiner.ts";
import { sampleWork, searchHeader } from "./stratum/sampleWork.suite.ts";
import { type MinersServer, serveMiners } from "./stratum/serveMiners.ts";

/** Twenty times as fast, so that a minute's patience is three seconds. */
const clock = acceleratedClock(globalThis, Instant(0), 20);

async function openPool(port = 0): Promise<MinersServer> {
  const server = await serveMiners({
    host: "127.0.0.1",
    port,
    clock,
    settings: { ...usualServerSettings, startDifficulty: 1e-9, minDifficulty: 1e-9, maxDifficulty: 1e-9 },
    parts: { sha256d, extranonces: createExtranonceSpace(4, port) },
    mostConnections: 10,
    mostPerAddress: 10,
    onEffect: () => {},
    onClosed: () => {},
  });
  onTestFinished(() => server.close());
  server.give(sampleWork({ id: `of ${server.port}` }), true);
  return server;
}

const addressOf = ({ port }: MinersServer): PoolAddress => ({
  url: `stratum+tcp://127.0.0.1:${port}`,
  user: "me",
  password: "x",
});

/** A hasher that finds a share whenever the test says so. */
function fakeHasher() {
  let options: HasherOptions | undefined;
  let source: WorkSource | undefined;
  let duty = 0;
  const startHasher = (given: HasherOptions): Hasher => {
    options = given;
    return {
      setSource: (next) => void (source = next),
      setDuty: (next) => void (duty = next),
      stats: () => ({
        hashes: Hashes(1),
        hashrate: HashesPerSecond(2),
        busy: Seconds(3),
        duty,
        threads: given.threads,
        kernel: "scalar",
      }),
      close: async () => {},
    };
  };
  const find = (): Hit => {
    const header = source?.();
    if (!header) throw new Error("there is nothing to hash");
    return searchHeader(header);
  };
  return {
    startHasher,
    find,
    hasWork: () => source !== undefined,
    report: (hit: Hit) => options?.onHit(hit),
    fault: (message: string) => options?.onFault(new Error(message), Seconds(4)),
    recover: () => options?.onRecovered(),
  };
}

function scene(pools: readonly PoolAddress[]) {
  const hasher = fakeHasher();
  const events: MinerEvent[] = [];
  const awaited: { test: (event: MinerEvent) => boolean; resolve: (event: MinerEvent) => void }[] = [];
  const miner = startMiner({
    pools,
    threads: 2,
    clock,
    retryPreferredAfter: Seconds(20),
    startHasher: hasher.startHasher,
    onEvent(event) {
      events.push(event);
      const index = awaited.findIndex(({ test }) => test(event));
      if (index >= 0) awaited.splice(index, 1)[0]?.resolve(event);
    },
  });
  onTestFinished(() => miner.close());
  const next = (test: (event: MinerEvent) => boolean) =>
    new Promise<MinerEvent>((resolve) => awaited.push({ test, resolve }));
  const minesAt = ({ url }: PoolAddress) => next((event) => event.kind === "pool" && event.pool === url);
  const submit = async () => {
    const verdict = next(({ kind }) => kind === "share");
    hasher.report(hasher.find());
    return verdict;
  };
  return { miner, hasher, events, next, minesAt, submit };
}

describe("startMiner", () => {
  it("hands in what it finds and counts what became of it", async () => {
    const pool = addressOf(await openPool());
    const { miner, hasher, next, minesAt, submit } = scene([pool]);
    expect(miner.stats()).toMatchObject({ connected: false, trouble: "connecting to the pool" });
    expect(hasher.hasWork()).toBe(false);
    await minesAt(pool);
    expect(await submit()).toMatchObject({ outcome: "accepted" });
    const share = hasher.find();
    for (const outcome of ["accepted", "duplicate"]) {
      const verdict = next(({ kind }) => kind === "share");
      hasher.report(share);
      expect(await verdict).toMatchObject({ outcome });
    }
    expect(miner.stats()).toMatchObject({
      pool: pool.url,
      connected: true,
      difficulty: 1e-9,
      accepted: 2,
      rejected: 1,
      stale: 0,
      networkDifficulty: difficultyOfBits(0x1701f0cc),
      trouble: undefined,
    });
    expect(miner.stats()).toMatchObject({ hashrate: 2, busy: 3, duty: 0 });
    expect(miner.stats().bestShare).toBeGreaterThanOrEqual(1e-9);
    miner.setDuty(0.25);
    expect(miner.stats().duty).toBe(0.25);
  });

  it("drops old work when there is new, and calls late shares stale", async () => {
    const server = await openPool();
    const pool = addressOf(server);
    const { miner, hasher, next, minesAt } = scene([pool]);
    await minesAt(pool);
    const late = hasher.find();
    const before = hasher.find().work.header;
    server.give(sampleWork({ id: "next", height: 900_001 }), true);
    while (Buffer.compare(hasher.find().work.header.subarray(4, 36), before.subarray(4, 36)) === 0)
      await new Promise(setImmediate);
    const verdict = next(({ kind }) => kind === "share");
    hasher.report(late);
    expect(await verdict).toMatchObject({ outcome: "stale" });
    expect(miner.stats()).toMatchObject({ accepted: 0, stale: 1 });
  });

  it("hashes nothing while no pool answers, says so, and comes back", async () => {
    const server = await openPool();
    const pool = addressOf(server);
    const { miner, hasher, next, minesAt, submit } = scene([pool]);
    await minesAt(pool);
    await submit();
    const lost = next(({ kind }) => kind === "pool-lost");
    await server.close();
    await lost;
    expect(hasher.hasWork()).toBe(false);
    expect(miner.stats()).toMatchObject({ connected: false, pool: undefined });
    expect(miner.stats().trouble).toMatch(/no pool answers.*127\.0\.0\.1/);
    const found = minesAt(pool);
    await openPool(server.port);
    await found;
    expect(await submit()).toMatchObject({ outcome: "accepted" });
    expect(miner.stats()).toMatchObject({ accepted: 2, trouble: undefined });
  });

  it("turns to a spare pool, and back to the preferred one", async () => {
    const preferred = await openPool();
    const spare = await openPool();
    const pools = [addressOf(preferred), addressOf(spare)];
    const { miner, minesAt, submit } = scene(pools);
    await minesAt(addressOf(preferred));
    await submit();

    const onSpare = minesAt(addressOf(spare));
    await preferred.close();
    await onSpare;
    expect(await submit()).toMatchObject({ outcome: "accepted" });
    expect(miner.stats().pool).toBe(addressOf(spare).url);

    const back = minesAt(addressOf(preferred));
    const again = await openPool(preferred.port);
    await back;
    expect(await submit()).toMatchObject({ outcome: "accepted" });
    expect(miner.stats()).toMatchObject({ pool: addressOf(preferred).url, accepted: 3, rejected: 0 });
    expect(again.connections()).toBe(1);
    while (spare.connections() > 0) await new Promise(setImmediate);
  });

  it("does not hand a share to another pool than the one it was found for", async () => {
    const preferred = await openPool();
    const spare = await openPool();
    const { miner, hasher, minesAt, submit } = scene([addressOf(preferred), addressOf(spare)]);
    await minesAt(addressOf(preferred));
    const old = hasher.find();
    const onSpare = minesAt(addressOf(spare));
    await preferred.close();
    await onSpare;
    hasher.report(old);
    await submit();
    expect(miner.stats()).toMatchObject({ accepted: 1, rejected: 0, stale: 0 });
  });

  it("says when a thread has died, and when all is well again", async () => {
    const pool = addressOf(await openPool());
    const { miner, hasher, events, minesAt } = scene([pool]);
    await minesAt(pool);
    hasher.fault("a hash thread died");
    expect(miner.stats().trouble).toBe("a hash thread died; hashing begins again by itself");
    const message = "a hash thread died; hashing begins again in 4 s";
    expect(events.at(-1)).toEqual({ kind: "fault", message });
    hasher.recover();
    expect(miner.stats().trouble).toBeUndefined();
    expect(events.at(-1)).toEqual({ kind: "recovered" });
  });

  it("needs a pool", () => {
    expect(() => startMiner({ pools: [], threads: 1, clock })).toThrow("there is no pool to mine at");
  });
});
