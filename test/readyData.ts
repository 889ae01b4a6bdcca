import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "../src/store/index.ts";

const key = "HEARTHWORK_TEST_DATA";

/** Makes, once a run, a data directory in which nothing is kept yet: PostgreSQL takes seconds over a new one. */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-ready-"));
  const store = await openStore({ dataDir: folder });
  await store.close();
  process.env[key] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Puts a copy of it at `dataDir`, for tests that are not about a first start. */
export function readyData(dataDir: string): void {
  const made = process.env[key];
  if (made === undefined) throw new Error("no data directory was made ready");
  cpSync(join(made, "pg"), join(dataDir, "pg"), { recursive: true });
}

/** A store in which nothing is kept yet, open at once; its folder goes when it is closed. */
export async function openReadyStore(): Promise<Store> {
  const dataDir = mkdtempSync(join(tmpdir(), "hearthwork-store-"));
  readyData(dataDir);
  const store = await openStore({ dataDir });
  return {
    ...store,
    async close() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
