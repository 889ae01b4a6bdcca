import fs, {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Clock, hostClock, Instant, Seconds, type SeriesId } from "../domain/index.ts";
import { openStore } from "./openStore.ts";
import { startPglite } from "./startPglite.ts";
import { tickAt } from "./bench.suite.ts";

const start = Instant(Date.UTC(2026, 0, 15, 12));
const power: SeriesId = "heater/this-computer/power";
const folder = mkdtempSync(join(tmpdir(), "hearthwork-store-"));
const template = join(folder, "template");

beforeAll(async () => {
  const store = await openStore({ dataDir: template });
  await store.recordTick({ ...tickAt(start, { [power]: 1 }), state: "first" });
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let copies = 0;
/** A data directory in which one tick is kept. */
function copyTemplate(): string {
  const dataDir = join(folder, `copy-${(copies += 1)}`);
  cpSync(template, dataDir, { recursive: true });
  return dataDir;
}

describe("an embedded store", () => {
  it("finds what it kept when it is opened again", async () => {
    const store = await openStore({ dataDir: copyTemplate() });
    expect(await store.latestState()).toEqual({ at: start, state: "first" });
    await store.close();
  });

  it("begins again when a first start was cut short", async () => {
    const dataDir = join(folder, "cut-short");
    mkdirSync(join(dataDir, "pg.unfinished-1", "base"), { recursive: true });
    writeFileSync(join(dataDir, "pg.unfinished-1", "PG_VERSION"), "18\n");
    const store = await openStore({ dataDir });
    expect(await store.latestState()).toBeUndefined();
    await store.close();
    expect(readdirSync(dataDir).sort()).toEqual(["lock", "lock.pid", "pg"]);
  });

  it.skipIf(process.platform === "win32")("keeps its files from other users", () => {
    expect(statSync(join(template, "pg")).mode & 0o777).toBe(0o700);
  });

  it("has synced the write-ahead log when a statement is done", async () => {
    const pg = startPglite({ folder: join(copyTemplate(), "pg"), isNew: false, onStderr: () => false });
    await pg.waitReady;
    const sync = vi.spyOn(fs, "fdatasyncSync");
    await pg.query(
      "insert into event (at, level, code, subject, message) values (1, 'info', 'a/b', 'site', 'x')",
    );
    expect(sync).toHaveBeenCalled();
    sync.mockRestore();
    await pg.close();
  });

  it("never stops the loop of its caller", async () => {
    const store = await openStore({ dataDir: copyTemplate() });
    const clock: Clock = hostClock(globalThis);
    const done = new AbortController();
    let longest = 0;
    const watching = (async () => {
      for (let last = clock.monotonic(); !done.signal.aborted;) {
        await clock.sleep(Seconds(0.005));
        longest = Math.max(longest, clock.monotonic() - last);
        last = clock.monotonic();
      }
    })();
    await store.recordHistory(
      Array.from({ length: 1000 }, (_, i) => tickAt(Instant(start + i * 60_000), { [power]: i })),
    );
    done.abort();
    await watching;
    await store.close();
    expect(longest).toBeLessThan(0.5);
  });

  it("recovers by itself from a crash of its database", async () => {
    const dataDir = copyTemplate();
    const store = await openStore({ dataDir });
    const walFolder = join(dataDir, "pg", "pg_wal");
    renameSync(walFolder, `${walFolder}.away`);
    let kept = 0;
    const large = "x".repeat(500_000);
    const record = () =>
      store.recordTick({ ...tickAt(Instant(start + kept), { [power]: kept }), state: [kept, large] });
    const untilCrash = async () => {
      for (; kept < 100; kept += 1) await record();
    };
    await expect(untilCrash()).rejects.toMatchObject({ code: "store/unreachable", retry: "later" });
    renameSync(`${walFolder}.away`, walFolder);
    expect((await store.latestState())?.state).toEqual(kept === 0 ? "first" : [kept - 1, large]);
    await record();
    expect((await store.latestState())?.state).toEqual([kept, large]);
    await store.close();
  });
});

describe("a damaged data directory", () => {
  /** All files but those that PostgreSQL makes anew at each start. */
  const namesOf = (dataDir: string) =>
    readdirSync(dataDir, { recursive: true, encoding: "utf8" }).filter(
      (name) => !/pg_internal\.init|postmaster\.pid/.test(name),
    );

  it.each<[string, (pg: string) => void]>([
    [
      "a folder of something else",
      (pg) => (rmSync(pg, { recursive: true }), mkdirSync(pg), writeFileSync(join(pg, "notes.txt"), "hello")),
    ],
    ["no control file", (pg) => rmSync(join(pg, "global", "pg_control"))],
    ["a cut control file", (pg) => truncateSync(join(pg, "global", "pg_control"), 100)],
    ["another version's files", (pg) => writeFileSync(join(pg, "PG_VERSION"), "12\n")],
    ["no catalogue", (pg) => rmSync(join(pg, "base"), { recursive: true })],
  ])("with %s is refused, named, and left as it is", async (_, damage) => {
    const dataDir = copyTemplate();
    damage(join(dataDir, "pg"));
    const before = namesOf(dataDir);
    const refused = expect(openStore({ dataDir })).rejects;
    await refused.toMatchObject({
      code: "store/damaged",
      message: expect.stringContaining(join(dataDir, "pg")),
    });
    expect(namesOf(dataDir)).toEqual(expect.arrayContaining(before));
  });
});
