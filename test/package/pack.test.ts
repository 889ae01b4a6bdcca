import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { cleanEnv, type InstalledPackage, installPackage, registryAnswers, run } from "./installedPackage.ts";

const olderNode = ["/usr/bin/node", "/usr/local/bin/node"].find(
  (path) => existsSync(path) && Number(versionOf(path).split(".")[0]) < 24,
);

const describeOnline = process.env["CI"] === "true" || (await registryAnswers()) ? describe : describe.skip;
describeOnline("the packed tarball, installed (needs npm-registry)", () => {
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = await installPackage();
  }, 300_000);
  afterAll(() => installed?.remove());

  const hearthwork = (...args: string[]) => run(installed.command, args, installed.folder, process.execPath);

  it("holds what is needed and nothing else", () => {
    const needless = installed.files.filter(
      (path) =>
        !/^(package\.json|README\.md|LICENSE|SECURITY\.md|bin\/\w+\.js|docs\/guide\/.+|data\/\w+\/(README\.md|[\w-]+\.yaml)|data\/jobs\/([\w-]+\/)?[\w.-]+|dist\/web\/.+)$/.test(
          path,
        ) && !/^dist\/src\/.+(?<!\.(?:test|suite|soak))\.(js|d\.ts)$/.test(path),
    );
    expect(needless).toEqual([]);
    for (const needed of ["bin/hearthwork.js", "dist/src/cli/main.js", "dist/web/index.html", "LICENSE"])
      expect(installed.files).toContain(needed);
    expect(installed.unpackedBytes).toBeLessThan(8e6);
  });

  it("tells its version", async () => {
    expect(await hearthwork("--version")).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("tells its commands", async () => {
    const { code, stdout } = await hearthwork("--help");
    expect(code).toBe(0);
    for (const command of ["demo", "hearth", "pool", "mine"])
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });

  it("ends with 2 when it is used wrongly", async () => {
    const { code, stdout, stderr } = await hearthwork("warm-me");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("warm-me");
  });

  it("is a client of an exchange for other programs", async () => {
    const program = `
      import { exchangeClient } from "hearthwork/client";
      const tries = exchangeClient({ url: "http://127.0.0.1:9" }).follow("job");
      await tries.catch(({ code, retry }) => console.log(code, retry));`;
    const args = ["--input-type=module", "--eval", program];
    expect(await run(process.execPath, args, installed.root, process.execPath)).toMatchObject({
      code: 0,
      stdout: "api/unreachable later\n",
    });
  });

  it("finds the data that comes with it", async () => {
    const building = fileURLToPath(new URL("../../data/bestest/600.yaml", import.meta.url));
    const { code, stdout, stderr } = await hearthwork(
      "study",
      "building",
      building,
      "--climate",
      "berlin",
      "--json",
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ heatingMWh: expect.any(Number) });
  });

  it("runs the demo, whose page answers within 30 s, and leaves nothing behind", async () => {
    const started = performance.now();
    const demo = spawn(installed.command, ["demo", "--port", "0"], {
      cwd: installed.folder,
      env: cleanEnv(process.execPath),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(demo, "exit");
    let output = "";
    for (const stream of [demo.stdout, demo.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    try {
      let page: Response | undefined;
      while (!page && demo.exitCode === null && performance.now() - started < 30_000) {
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        page = url === undefined ? undefined : await fetch(url).catch(() => undefined);
        if (!page) await sleep(100);
      }
      expect(page?.status, output).toBe(200);
      expect(await page?.text()).toContain("Hearthwork</title>");
      const site = await fetch(new URL("/api/v1/site", page?.url));
      expect(await site.json()).toMatchObject({ version: manifest.version, virtual: { speed: 60 } });
      demo.kill("SIGINT");
      expect(await ended, output).toEqual([0, null]);
    } finally {
      demo.kill("SIGKILL");
    }
    expect(readdirSync(installed.folder)).toEqual([]);
  }, 60_000);

  const itOnOlderNode = olderNode === undefined ? it.skip : it;
  itOnOlderNode("says what to do on an older Node (needs older-node)", async () => {
    const ran = await run(installed.command, ["--version"], installed.folder, olderNode ?? "");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain("needs Node 24 or newer");
    expect(ran.stderr).toContain("npm install --global node@24");
  });
});

function versionOf(node: string): string {
  return execFileSync(node, ["--version"], { encoding: "utf8" }).slice(1);
}
