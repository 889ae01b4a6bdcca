import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { hostClock } from "../../src/domain/index.ts";
import { openSiteAccess } from "../../src/hearth/index.ts";
import { startQuietHearth } from "./quietHearth.ts";
import { runHere } from "../runHere.ts";
import { runCommand } from "./runCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-login-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, "data");
const command = (args: readonly string[], input?: string) => {
  const whole = [...args, "--data", data];
  return input === undefined ? runHere(whole) : runCommand(whole, input);
};

it(
  "sets a password and makes tokens, before the hearth runs and while it does",
  { timeout: 240_000 },
  async () => {
    mkdirSync(data, { mode: 0o700 });
    const token = openSiteAccess(data, { clock: hostClock(globalThis) }).createToken("early", "read");

    const { hearth, url } = await startQuietHearth(folder);
    onTestFinished(() => hearth.kill());
    const statusOf = async (headers: Record<string, string> = {}) =>
      (await fetch(`${url}/api/v1/site`, { headers })).status;
    expect(await statusOf()).toBe(200);

    const set = await command(["password", "set"], "four warm ducks glow\n");
    expect(set).toMatchObject({ code: 0, stderr: "" });
    expect(await statusOf()).toBe(401);
    expect(await statusOf({ authorization: `Bearer ${token}` })).toBe(200);

    const login = await fetch(`${url}/api/v1/session`, {
      method: "POST",
      headers: { origin: url, "content-type": "application/json" },
      body: JSON.stringify({ password: "four warm ducks glow" }),
    });
    const [cookie = ""] = login.headers.getSetCookie()[0]?.split(";") ?? [];
    expect(cookie).toMatch(/^hearthwork-site=/);
    expect(await statusOf({ cookie })).toBe(200);

    expect(await command(["token", "revoke", "early"])).toMatchObject({ code: 0 });
    expect(await statusOf({ authorization: `Bearer ${token}` })).toBe(401);
    const late = await command(["token", "create", "late", "--scope", "control"]);
    expect(await statusOf({ authorization: `Bearer ${late.stdout.trim()}` })).toBe(200);
    const list = await command(["token", "list", "--json"]);
    expect(JSON.parse(list.stdout)).toEqual({
      tokens: [{ name: "late", scope: "control", createdAt: expect.stringMatching(/^20/) }],
    });

    for (const name of ["access.json", "hearth.json"]) {
      expect(statSync(join(data, name)).mode & 0o777, name).toBe(0o600);
    }
    expect(await hearth.interrupt()).toBe(0);
    const said = hearth.output() + set.stdout + list.stdout + readFileSync(join(data, "access.json"), "utf8");
    for (const secret of ["four warm ducks", token, late.stdout.trim(), cookie.split("=")[1] ?? "?"]) {
      expect(said).not.toContain(secret);
    }
  },
);
