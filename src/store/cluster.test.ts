import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { fillCluster, makeCluster } from "./cluster.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-cluster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const slow = { timeout: 60_000 };

it("is made by another process, whole, with nothing left beside it", slow, async () => {
  await makeCluster(join(folder, "pg"));
  expect(readdirSync(folder)).toEqual(["pg"]);
  expect(readdirSync(join(folder, "pg"))).toContain("PG_VERSION");
});

it("is made while another that was left behind still writes", slow, async () => {
  const left = join(folder, "again.unfinished-1");
  const orphan = spawn(process.execPath, [
    "--eval",
    `const fs = require("node:fs"); const began = Date.now();
    for (let n = 0; Date.now() - began < 1500; n++) {
      fs.mkdirSync(process.argv[1] + "/" + (n % 50), { recursive: true });
      fs.writeFileSync(process.argv[1] + "/" + (n % 50) + "/" + n, "");
    }`,
    left,
  ]);
  const ended = once(orphan, "exit");
  await vi.waitFor(() => expect(existsSync(left)).toBe(true), { timeout: 20_000 });
  await makeCluster(join(folder, "again"));
  await ended;
  expect(existsSync(join(folder, "again", "PG_VERSION"))).toBe(true);
});

it("says why it could not be made", slow, async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  await expect(fillCluster(file)).rejects.toMatchObject({
    code: "store/no-data-dir",
    message: expect.stringMatching(
      /no database could be made in .* \(a file is in the way\); see that/,
    ) as string,
  });
});
