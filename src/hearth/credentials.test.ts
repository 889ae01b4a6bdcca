import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCredentialsFile } from "./credentials.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearthwork-credentials-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("credentials", () => {
  it("are kept under names, in a file that its owner alone can read", () => {
    const credentials = openCredentialsFile(folder);
    expect(credentials.secret("miner")).toBeUndefined();
    credentials.set("plug", { password: "p" });
    credentials.set("miner", { username: "root", password: "old" });
    credentials.set("miner", { username: "root", password: "new" });

    const again = openCredentialsFile(folder);
    expect(again.secret("miner")).toEqual({ username: "root", password: "new" });
    expect(again.secret("plug")).toEqual({ password: "p" });
    expect(statSync(join(folder, "credentials.json")).mode & 0o777).toBe(0o600);
  });

  it("are listed without passwords", () => {
    const credentials = openCredentialsFile(folder);
    credentials.set("plug", { password: "hunter2" });
    credentials.set("miner", { username: "root", password: "hunter3" });
    expect(credentials.list()).toEqual([{ name: "miner", username: "root" }, { name: "plug" }]);
  });

  it("are seen by a hearth that runs already", () => {
    const running = openCredentialsFile(folder);
    expect(running.secret("miner")).toBeUndefined();
    openCredentialsFile(folder).set("miner", { password: "p" });
    expect(running.secret("miner")).toEqual({ password: "p" });
  });

  it("are gone once removed", () => {
    const credentials = openCredentialsFile(folder);
    credentials.set("miner", { password: "p" });
    expect(credentials.remove("miner")).toBe(true);
    expect(credentials.remove("miner")).toBe(false);
    expect(readFileSync(join(folder, "credentials.json"), "utf8")).not.toContain("miner");
  });

  it.each(["constructor", "__proto__", "toString"])("knows none by the name %s", (name) => {
    expect(openCredentialsFile(folder).secret(name)).toBeUndefined();
  });

  it.each([
    ["a name that cannot stand in hearth.yaml", "My Miner", { password: "hunter2" }, /name: use 1 to 48/],
    ["a password without end", "miner", { password: "hunter2".repeat(200) }, /login: password/],
    ["an empty user name", "miner", { username: "", password: "hunter2" }, /login: username/],
  ])("refuses %s", (_case, name, login, why) => {
    const credentials = openCredentialsFile(folder);
    expect(() => credentials.set(name, login)).toThrow(why);
    expect(() => credentials.set(name, login)).not.toThrow(/hunter2/);
    expect(credentials.list()).toEqual([]);
  });

  it("refuses a file that holds more than ours", () => {
    writeFileSync(join(folder, "credentials.json"), '{"version":2,"credentials":{}}', { mode: 0o600 });
    expect(() => openCredentialsFile(folder).list()).toThrow(/credentials\.json cannot be used/);
  });
});
