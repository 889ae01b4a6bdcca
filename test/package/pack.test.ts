import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { type InstalledPackage, installedPackage, registryAnswers, run } from "./installedPackage.ts";

const olderNode = ["/usr/bin/node", "/usr/local/bin/node"].find(
  (path) => existsSync(path) && Number(versionOf(path).split(".")[0]) < 24,
);

const describeOnline = process.env["CI"] === "true" || (await registryAnswers()) ? describe : describe.skip;
describeOnline("the packed tarball, installed (needs npm-registry)", () => {
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = await installedPackage();
  }, 300_000);

  const hearthwork = (...args: string[]) => run(installed.command, args, installed.folder, process.execPath);

  it("holds what is needed and nothing else", () => {
    const needless = installed.files.filter(
      (path) =>
        !/^(package\.json|README\.md|LICENSE|SECURITY\.md|bin\/\w+\.js|docs\/guide\/.+|data\/\w+\/(README\.md|[\w-]+\.yaml)|data\/jobs\/([\w-]+\/)?[\w.-]+|dist\/web\/.+|dist\/emptyDatabase\.tar\.br)$/.test(
          path,
        ) && !/^dist\/src\/.+(?<!\.(?:test|suite|soak))\.(js|d\.ts)$/.test(path),
    );
    expect(needless).toEqual([]);
    for (const needed of [
      "bin/hearthwork.js",
      "dist/src/cli/main.js",
      "dist/web/index.html",
      "dist/web/exchange.html",
      "dist/emptyDatabase.tar.br",
      "LICENSE",
    ])
      expect(installed.files).toContain(needed);
    expect(installed.unpackedBytes).toBeLessThan(10e6);
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
