import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { fillCluster, makeCluster } from "./cluster.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-cluster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const slow = { timeout: 60_000 };

it("is made by another process, whole, with nothing left beside it", slow, async () => {
  await makeCluster(join(folder, "pg"));
  expect(readdirSync(folder)).toEqual(["pg"]);
  expect(readdirSync(join(folder, "pg"))).toContain("PG_VERSION");
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
