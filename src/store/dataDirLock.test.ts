import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { lockDataDir } from "./dataDirLock.ts";
import { privateFile } from "./privateFile.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const lockModule = new URL("./dataDirLock.ts", import.meta.url).href;

/** A process that says "held" or the code of its error, and then stays. */
function spawnHolder(dataDir: string) {
  const script = `
    import { lockDataDir } from ${JSON.stringify(lockModule)};
    let said = "held";
    try { globalThis.lock = lockDataDir(${JSON.stringify(dataDir)}); } catch (error) { said = error.code; }
    process.stdout.write(said);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return {
    child,
    said: once(child.stdout, "data").then(String),
    kill: async () => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

describe("the lock of a data directory", () => {
  it.runIf(existsSync("/proc/self"))("is refused at once where the system lets nobody make a folder", () => {
    const message = expect.stringMatching(
      /data directory \/proc\/no\/such .*give another with --data$/,
    ) as string;
    expect(() => lockDataDir("/proc/no/such")).toThrow(
      expect.objectContaining({ code: "store/no-data-dir", message }),
    );
  });

  it("is refused, and what is read there, where its folder is a file", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const refused = expect.objectContaining({
      code: "store/no-data-dir",
      message: expect.stringMatching(/file is (a file|no folder)\); make it a folder/) as string,
    });
    expect(() => lockDataDir(file)).toThrow(refused);
    expect(() => lockDataDir(join(file, "below"))).toThrow(refused);
    expect(() => privateFile(join(file, "access.json"), z.unknown()).read()).toThrow(refused);
  });

  it("is one process's, told by its number, until that process is killed", async () => {
    const dataDir = join(folder, "one");
    const holder = spawnHolder(dataDir);
    expect(await holder.said).toBe("held");
    expect(() => lockDataDir(dataDir)).toThrow(
      expect.objectContaining({
        code: "store/in-use",
        retry: "later",
        message: expect.stringContaining(`process ${holder.child.pid};`),
      }),
    );
    await holder.kill();
    lockDataDir(dataDir).release();
  });

  it("is held once within a process too, and can be taken again when released", () => {
    const dataDir = join(folder, "two");
    const lock = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ code: "store/in-use" }));
    lock.release();
    lockDataDir(dataDir).release();
  });

  it("goes to one of many that start at once, after a holder was killed", async () => {
    const dataDir = join(folder, "three");
    const first = spawnHolder(dataDir);
    expect(await first.said).toBe("held");
    await first.kill();
    const rivals = Array.from({ length: 6 }, () => spawnHolder(dataDir));
    const said = await Promise.all(rivals.map((rival) => rival.said));
    await Promise.all(rivals.map((rival) => rival.kill()));
    expect(said.sort()).toEqual(["held", ...Array(5).fill("store/in-use")]);
  });

  it("is taken over whatever a dead holder left behind", () => {
    const dataDir = join(folder, "four");
    lockDataDir(dataDir).release();
    writeFileSync(join(dataDir, "lock.pid"), "1\n");
    lockDataDir(dataDir).release();
    writeFileSync(join(dataDir, "lock.pid"), "\0\xff garbage");
    lockDataDir(dataDir).release();
  });

  it("cannot be taken where nothing can be written", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => lockDataDir(join(file, "data"))).toThrow(
      expect.objectContaining({
        code: "store/no-data-dir",
        message: expect.stringContaining(join(file, "data")),
      }),
    );
    const damaged = join(folder, "five");
    lockDataDir(damaged).release();
    writeFileSync(join(damaged, "lock"), "not a database, not a database");
    expect(() => lockDataDir(damaged)).toThrow(expect.objectContaining({ code: "store/no-data-dir" }));
  });
});
