import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExchangeClient } from "../client/index.ts";
import { makeFolder } from "../store/index.ts";
import type { JobView } from "../wire/index.ts";

/** Saves the outputs of a job's tasks as files 0, 1, 2 … */
export async function saveResults(exchange: ExchangeClient, { id }: JobView, folder: string): Promise<void> {
  makeFolder(folder);
  for await (const { index, output } of exchange.results(id)) {
    await writeFile(join(folder, String(index)), output);
  }
}
