import { hash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type HeaderWork, type Hit, meetsTarget } from "../../bitcoin/index.ts";
import { Seconds } from "../../domain/index.ts";
import type { Hasher } from "./hasher.ts";
import { startHasher, type StartHasherOptions } from "./startHasher.ts";

/** Hashes of which so many leading bytes are zero meet it. */
const targetOf = (zeroBytes: number) => new Uint8Array(32).fill(0xff, 0, 32 - zeroBytes);
const impossible = new Uint8Array(32);
const soonMs = 200;
/** In which it has looked after its threads once. */
const beatMs = 1200;
const never = Seconds(60);
/** Threads compile their kernels first, which takes long on a busy machine. */
const startMs = 60_000;
vi.setConfig({ testTimeout: 2 * startMs });

const running: Hasher[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((hasher) => hasher.close()));
});

function start(options: Partial<StartHasherOptions> = {}): Hasher {
  const hasher = startHasher({
    threads: 1,
    form: "simd",
    onHit: () => {},
    onFault: fail,
    onRecovered: () => fail(new Error("there was no fault")),
    ...options,
  });
  running.push(hasher);
  return hasher;
}

let made = 0;

/** Headers of which no two are alike. */
function headers(target: Uint8Array) {
  const given: HeaderWork[] = [];
  const source = () => {
    made += 1;
    const work = { id: String(made), header: new Uint8Array(80).fill(made, 4, 76), target };
    given.push(work);
    return work;
  };
  return { given, source };
}

function fail(fault: Error): never {
  throw fault;
}

async function hashing(hasher: Hasher): Promise<void> {
  const before = hasher.stats().hashes;
  await vi.waitFor(() => expect(hasher.stats().hashes).toBeGreaterThan(before), { timeout: startMs });
}

function expectRight({ work, nonce, hash: found }: Hit, given: readonly HeaderWork[]): void {
  expect(given).toContain(work);
  const header = Buffer.from(work.header);
  header.writeUInt32LE(nonce, 76);
  expect(Buffer.from(found)).toEqual(hash("sha256", hash("sha256", header, "buffer"), "buffer"));
  expect(meetsTarget(found, work.target)).toBe(true);
}

/** Keeps the main thread from hearing anything. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function expectStopsSoon(hasher: Hasher): Promise<void> {
  await setTimeout(soonMs);
  const { hashes } = hasher.stats();
  expect(hashes).toBeGreaterThan(0);
  await setTimeout(soonMs);
  expect(hasher.stats().hashes).toBe(hashes);
}

describe("a hasher", () => {
  it("finds hits, each with its work and its hash, in headers of each thread's own", async () => {
    const { given, source } = headers(targetOf(2));
    const hits: Hit[] = [];
    const hasher = startHasher({
      threads: 2,
      onHit: (hit) => hits.push(hit),
      onFault: fail,
      onRecovered: () => {},
    });
    running.push(hasher);
    hasher.setSource(source);
    hasher.setDuty(1);
    await vi.waitFor(() => expect(new Set(hits.map((hit) => hit.work)).size).toBe(2), { timeout: startMs });

    expect(given).toHaveLength(2);
    expect(new Set(hits.map((hit) => `${hit.work.id}/${hit.nonce}`)).size).toBe(hits.length);
    for (const hit of hits) expectRight(hit, given);
  });

  it("does nothing without work or at duty 0, and stops soon when told", async () => {
    const hasher = start();
    hasher.setDuty(1);
    await setTimeout(soonMs);
    expect(hasher.stats().hashes).toBe(0);

    hasher.setSource(headers(impossible).source);
    await hashing(hasher);
    hasher.setDuty(0);
    await expectStopsSoon(hasher);

    hasher.setDuty(1);
    await hashing(hasher);
    hasher.setSource(undefined);
    await expectStopsSoon(hasher);
  });

  it("drops its work for the next, and hits of the old that were on their way", async () => {
    const hits: Hit[] = [];
    const hasher = start({ onHit: (hit) => hits.push(hit) });
    const [old, fresh] = [headers(targetOf(1)), headers(targetOf(1))];
    hasher.setDuty(1);
    hasher.setSource(old.source);
    await vi.waitFor(() => expect(hits).not.toHaveLength(0), { timeout: startMs });
    block(100);
    hits.length = 0;
    hasher.setSource(fresh.source);
    await vi.waitFor(() => expect(hits).not.toHaveLength(0), { timeout: startMs });
    for (const hit of hits) expectRight(hit, fresh.given);
  });

  it("drops the rest of the hits when one of them brings new work", async () => {
    const hits: Hit[] = [];
    const easy = headers(targetOf(0));
    const hasher = start({
      onHit: (hit) => {
        hits.push(hit);
        if (hits.length === 1) hasher.setSource(easy.source);
      },
    });
    hasher.setDuty(1);
    hasher.setSource(easy.source);
    await vi.waitFor(() => expect(hits.length).toBeGreaterThan(1), { timeout: startMs });
    hasher.setSource(undefined);
    expect(hits[0]?.work).toBe(easy.given[0]);
    expect(hits[1]?.work).toBe(easy.given[1]);
    for (const hit of hits.slice(0, 100)) expectRight(hit, easy.given);
  });

  it("asks again while there is no work", async () => {
    let work: HeaderWork | undefined;
    const hasher = start();
    hasher.setDuty(1);
    hasher.setSource(() => work);
    work = headers(impossible).source();
    await hashing(hasher);
  });

  it("uses the share of time that it is given", async () => {
    const hasher = start();
    hasher.setSource(headers(impossible).source);
    hasher.setDuty(0.25);
    await hashing(hasher);
    const [before, began] = [hasher.stats().busy, performance.now()];
    await setTimeout(2000);
    const share = (1000 * (hasher.stats().busy - before)) / (performance.now() - began);
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.3);
  });

  it("says what it does", async () => {
    const hasher = start({ threads: 2, form: "scalar" });
    hasher.setSource(headers(impossible).source);
    hasher.setDuty(0.5);
    await hashing(hasher);
    expect(hasher.stats()).toMatchObject({ duty: 0.5, threads: 2, kernel: "scalar" });
    expect(hasher.stats().hashrate).toBeGreaterThan(0);
    expect(hasher.stats().busy).toBeGreaterThan(0);
  });

  it("waits when its hits are not taken, however easy the target", async () => {
    let hits = 0;
    const hasher = start({ onHit: () => hits++ });
    hasher.setSource(headers(targetOf(0)).source);
    hasher.setDuty(1);
    await vi.waitFor(() => expect(hits).toBeGreaterThan(0), { timeout: startMs });
    block(500);
    const { hashes } = hasher.stats();
    block(200);
    expect(hasher.stats().hashes).toBe(hashes);
    await hashing(hasher);
  });

  it.each([0, -1, 1.5, Number.NaN, 100_000])("refuses %d threads", (threads) => {
    expect(() => start({ threads })).toThrow(expect.objectContaining({ code: "hasher/bad-threads" }));
  });

  it.each([-0.1, 1.1, Number.NaN])("refuses a duty of %d", (duty) => {
    const hasher = start();
    expect(() => hasher.setDuty(duty)).toThrow(expect.objectContaining({ code: "hasher/bad-duty" }));
  });
});

describe("a hasher whose threads fail", () => {
  it.each([
    ["gives wrong hashes", "kernel/wrong-hash", "scan: () => []"],
    [
      "gives wrong hashes after a while",
      "kernel/wrong-hash",
      "scan(start, count) { return !work.id.startsWith('block') || spoilt ? ((spoilt = true), []) : kernel.scan(start, count); }",
    ],
    ["throws", "hasher/thread-fault", "scan() { throw new Error('broken'); }"],
    ["ends its thread", "hasher/thread-died", "scan() { process.exit(3); }"],
  ])("stops all of them when a kernel %s", async (_, code, scan) => {
    const faults: unknown[] = [];
    let recoveries = 0;
    const hasher = start({
      threads: 2,
      onFault: (fault) => faults.push(fault),
      onRecovered: () => (recoveries += 1),
      worker: workerWith(scan),
      firstPause: never,
    });
    hasher.setSource(headers(impossible).source);
    hasher.setDuty(1);
    await vi.waitFor(
      () => {
        expect(faults).toEqual([expect.objectContaining({ code })]);
      },
      { timeout: startMs, interval: 300 },
    );
    const { hashes } = hasher.stats();
    await setTimeout(soonMs);
    hasher.setSource(headers(impossible).source);
    await setTimeout(beatMs);
    expect(hasher.stats().hashes).toBe(hashes);
    expect(faults).toHaveLength(1);
    expect(recoveries).toBe(0);
  });

  it("starts them again with the same work and duty, and says so when they hash", async () => {
    vi.stubEnv("SPOILT", "yes");
    onTestFinished(() => void vi.unstubAllEnvs());
    const told: string[] = [];
    const recovered = Promise.withResolvers<void>();
    const hasher = start({
      threads: 2,
      firstPause: Seconds(0.1),
      worker: workerWith(
        `scan(start, count) {
          if (process.env.SPOILT === "yes" && !work.id.startsWith("block")) process.exit(3);
          return kernel.scan(start, count);
        }`,
      ),
      onFault(_fault, pause) {
        told.push(`fault, ${pause} s`);
        if (told.length === 3) vi.stubEnv("SPOILT", "no");
      },
      onRecovered() {
        told.push("recovered");
        recovered.resolve();
      },
    });
    hasher.setSource(headers(impossible).source);
    hasher.setDuty(0.5);
    await recovered.promise;
    expect(told).toEqual(["fault, 0.1 s", "fault, 0.2 s", "fault, 0.4 s", "recovered"]);
    expect(hasher.stats()).toMatchObject({ duty: 0.5, threads: 2 });
    await hashing(hasher);
  });

  it("stops when the source fails", async () => {
    const faults: unknown[] = [];
    const hasher = start({ onFault: (fault) => faults.push(fault), firstPause: never });
    hasher.setSource(() => {
      throw new Error("no template");
    });
    expect(faults).toEqual([expect.objectContaining({ code: "hasher/source-failed" })]);
  });

  it("is not started again once it is closed", async () => {
    const faults: unknown[] = [];
    const firstPause = Seconds(0.05);
    const worker = workerWith("scan() { process.exit(3); }");
    const hasher = start({ onFault: (fault) => faults.push(fault), worker, firstPause });
    hasher.setSource(headers(impossible).source);
    hasher.setDuty(1);
    await vi.waitFor(() => expect(faults).toHaveLength(1), { timeout: startMs, interval: 1 });
    await hasher.close();
    await setTimeout(soonMs);
    expect(faults).toHaveLength(1);
  });

  it("asks for a fresh header when every nonce has been tried", async () => {
    const { given, source } = headers(impossible);
    const instant = "scan: (start, count) => (work.id.startsWith('block') ? kernel.scan(start, count) : [])";
    const hasher = start({ worker: workerWith(instant) });
    hasher.setSource(source);
    hasher.setDuty(1);
    await vi.waitFor(() => expect(given.length).toBeGreaterThan(3), { timeout: startMs });
    await hasher.close();
    expect(hasher.stats().hashes).toBeGreaterThanOrEqual(3 * 2 ** 32);
  });
});

/** A thread whose kernel prepares as it should and searches otherwise. */
function workerWith(scan: string): URL {
  const [search, bitcoin] = ["./search.ts", "../../bitcoin/index.ts"].map(
    (file) => new URL(file, import.meta.url).href,
  );
  const script = `
    import { parentPort, workerData } from "node:worker_threads";
    import { search } from "${search}";
    import { createKernel } from "${bitcoin}";
    const kernel = createKernel();
    let work;
    let spoilt = false;
    await search(parentPort, workerData, () => ({
      form: kernel.form,
      prepare(next) { work = next; kernel.prepare(next); },
      ${scan},
    }));`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}
