import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { killWriters } from "./killedWriter.suite.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-killed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("an embedded store has every tick that it acknowledged after kill -9 at any moment, and opens within 5 s", async () => {
  const slowest = await killWriters(folder, 5, 1);
  expect(slowest).toBeLessThan(5000);
}, 60_000);
