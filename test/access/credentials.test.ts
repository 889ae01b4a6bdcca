import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { brokerPassword, startQuietHearth } from "./quietHearth.ts";
import { runHere } from "../runHere.ts";
import { runCommand } from "./runCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-credentials-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, "data");
const file = join(data, "credentials.json");
const credentials = (args: readonly string[], input?: string) => {
  const whole = ["credentials", ...args, "--data", data];
  return input === undefined ? runHere(whole) : runCommand(whole, input);
};
const timeout = 120_000;

it("keeps a device's password beside the data, and shows it nowhere", { timeout }, async () => {
  const set = await credentials(["set", "miner", "--username", "root"], "hunter2 \n");
  expect(set).toMatchObject({ code: 0, stderr: "" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    credentials: { miner: { username: "root", password: "hunter2 " } },
  });

  const list = await credentials(["list", "--json"]);
  expect(JSON.parse(list.stdout)).toEqual({ credentials: [{ name: "miner", username: "root" }] });
  expect(set.stdout + list.stdout).not.toContain("hunter2");

  expect(await credentials(["remove", "miner"])).toMatchObject({ code: 0 });
  expect(await credentials(["remove", "miner"])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no credentials "miner"/),
  });
});

it(
  "goes through the hearth while one runs, and takes the data itself when none does",
  { timeout },
  async () => {
    const { hearth, url } = await startQuietHearth(folder);
    onTestFinished(() => hearth.kill());
    expect(await credentials(["set", "plug"], "hunter3")).toMatchObject({ code: 0, stderr: "" });
    const listed = await (await fetch(`${url}/api/v1/credentials`)).text();
    expect(JSON.parse(listed)).toEqual({
      credentials: [{ name: "broker", username: "hearth" }, { name: "plug" }],
    });
    const told = await everyAnswer(url);
    expect(told).toContain("closet");
    expect(await credentials(["remove", "miner"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no credentials "miner"/),
    });
    await hearth.kill();

    expect(await credentials(["set", "miner"], "hunter4")).toMatchObject({ code: 0, stderr: "" });
    expect(
      Object.keys((JSON.parse(readFileSync(file, "utf8")) as { credentials: object }).credentials),
    ).toEqual(["broker", "miner", "plug"]);
    expect(brokerPassword).toContain("hunter");
    expect(listed + told + hearth.output()).not.toMatch(/hunter/);
  },
);

/** What a hearth says to whoever asks for everything that can be asked for without knowing more. */
async function everyAnswer(url: string): Promise<string> {
  const { paths } = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const readable = Object.entries(paths).filter(
    ([path, methods]) => "get" in methods && !/[{]|live$/.test(path),
  );
  expect(readable.length).toBeGreaterThan(8);
  const from = "2026-01-01T00:00:00Z";
  const history = `?series=sink/closet/target&from=${from}&to=${new Date(Date.now() + 60_000).toISOString()}`;
  const answers = [...readable.map(([path]) => path), "/metrics"].map(async (path) =>
    (await fetch(url + path + (path.includes("history") ? history : ""))).text(),
  );
  return (await Promise.all(answers)).join("\n");
}
