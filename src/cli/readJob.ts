import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { JobToSubmit } from "../client/index.ts";
import { formatMicros, HearthworkError, hostClock, messageOf } from "../domain/index.ts";
import { parseYaml } from "../hearth/index.ts";
import { deadlineOf, type JobFile, jobFileSchema } from "../jobs/index.ts";
import { readArtefact } from "./readArtefact.ts";

/**
 * A job.yaml with the files that it names.
 * @throws {HearthworkError} `job/no-file`, `config/…`
 */
export async function readJob(path: string): Promise<JobToSubmit> {
  const file = readJobFile(path);
  const { module, input, within: _within, bid, patientBid, ...rest } = file;
  const beside = (name: string) => readArtefact(resolve(dirname(path), name));
  return {
    ...rest,
    bid: formatMicros(bid),
    patientBid: patientBid === undefined ? undefined : formatMicros(patientBid),
    module: await beside(module),
    input: input === undefined ? undefined : await beside(input),
    deadline: new Date(deadlineOf(file, hostClock(globalThis).now())).toISOString(),
  };
}

function readJobFile(path: string): JobFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (thrown) {
    throw new HearthworkError({
      code: "job/no-file",
      message: `cannot read ${path} (${messageOf(thrown)}); name the job's file`,
      data: { path },
      cause: thrown,
    });
  }
  return parseYaml(text, path, jobFileSchema);
}
