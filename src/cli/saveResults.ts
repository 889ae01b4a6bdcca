import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HearthworkError } from "../domain/index.ts";
import { makeFolder } from "../store/index.ts";
import { jobRoutes, type JobView } from "../wire/index.ts";
import type { ExchangeDoor } from "./askExchange.ts";

/**
 * Saves the outputs of a job's tasks as files 0, 1, 2 …
 * @throws {HearthworkError} `job/wrong-output` when one is not what its digest says
 */
export async function saveResults(exchange: ExchangeDoor, { id }: JobView, folder: string): Promise<void> {
  makeFolder(folder);
  for (let from: number | null = 0; from !== null;) {
    const page: Page = await exchange.api.call(jobRoutes.jobResults, {
      params: { id },
      querystring: { from },
    });
    for (const { index, digest, output } of page.results) {
      const bytes = Buffer.from(output, "base64");
      if (createHash("sha256").update(bytes).digest("hex") !== digest) throw wrong(id, index);
      await writeFile(join(folder, String(index)), bytes);
    }
    from = page.next;
  }
}

type Page = {
  readonly results: readonly { readonly index: number; readonly digest: string; readonly output: string }[];
  readonly next: number | null;
};

const wrong = (id: string, index: number) =>
  new HearthworkError({
    code: "job/wrong-output",
    message: `the output of task ${index} of ${id} is not what its digest says; ask for it again`,
  });
