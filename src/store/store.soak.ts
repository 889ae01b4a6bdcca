import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { killWriters } from "./killedWriter.suite.ts";

it("has every tick that it acknowledged after fifty kills, and opens within 5 s each time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-store-"));
  try {
    expect(await killWriters(folder, 50, Date.now())).toBeLessThan(5000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
