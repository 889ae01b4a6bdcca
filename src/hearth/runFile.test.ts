import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataDirLock, lockDataDir } from "../store/index.ts";
import { announceHearth, runningHearth } from "./runFile.ts";

const url = "http://127.0.0.1:7420";
let folder = "";
let lock: DataDirLock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearthwork-run-"));
  lock = lockDataDir(folder);
});
afterEach(() => {
  lock.release();
  rmSync(folder, { recursive: true, force: true });
});

const runFile = () => join(folder, "hearth.json");

describe("a running hearth", () => {
  it("is found by the file that it left for its owner alone", () => {
    const announcement = announceHearth(folder);
    expect(runningHearth(folder)).toBeUndefined();
    announcement.publish(url);
    expect(runningHearth(folder)?.url).toBe(url);
    expect(statSync(runFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(runFile(), "utf8")).toContain(announcement.token);
    announcement.withdraw();
    expect(runningHearth(folder)).toBeUndefined();
  });

  it("is not believed to run when it holds its data no more", () => {
    announceHearth(folder).publish(url);
    lock.release();
    expect(runningHearth(folder)).toBeUndefined();
    lock = lockDataDir(folder);
  });

  it("is not taken for the one that starts after it", () => {
    announceHearth(folder).publish(url);
    writeFileSync(join(folder, "lock.pid"), "1\n");
    expect(runningHearth(folder)).toBeUndefined();
    announceHearth(folder);
    writeFileSync(join(folder, "lock.pid"), `${process.pid}\n`);
    expect(runningHearth(folder)).toBeUndefined();
  });

  it("has another token each time", () => {
    expect(announceHearth(folder).token).not.toBe(announceHearth(folder).token);
  });

  it("is not looked for elsewhere, whatever the file says", () => {
    const run = { version: 1, url: "http://evil.example", pid: process.pid, token: "t".repeat(43) };
    writeFileSync(runFile(), JSON.stringify(run), { mode: 0o600 });
    expect(() => runningHearth(folder)).toThrow(/hearth\.json cannot be used/);
  });
});
