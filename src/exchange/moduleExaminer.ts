import { buffer } from "node:stream/consumers";
import { type Digest, HearthworkError } from "../domain/index.ts";
import { type JobSpec, judgeModule, maxModuleBytes } from "../jobs/index.ts";
import type { ArtefactStore } from "./artefacts/artefactStore.ts";

type Verdict = ReturnType<typeof judgeModule>;

const mostKept = 1000;

/** Says which modules may run. What bytes a digest stands for never changes, so each is read once. */
export class ModuleExaminer {
  readonly #artefacts: ArtefactStore;
  readonly #verdicts = new Map<Digest, Verdict>();

  constructor(artefacts: ArtefactStore) {
    this.#artefacts = artefacts;
  }

  /** @throws {HearthworkError} `job/unknown-artefact`, `job/bad-module` */
  async examine({ module, memoryMiB }: Pick<JobSpec, "module" | "memoryMiB">): Promise<void> {
    const size = await this.#artefacts.size(module);
    if (size === undefined) throw unknownArtefact("module", module);
    if (size > maxModuleBytes) throw badModule(`it is longer than ${maxModuleBytes} bytes`);
    const verdict = this.#verdicts.get(module) ?? (await this.#judge(module));
    if (verdict.kind === "refused") throw badModule(verdict.why);
    if (verdict.maxMemoryMiB > memoryMiB) {
      throw badModule(`it may use ${verdict.maxMemoryMiB} MiB, and the job's memoryMiB is ${memoryMiB}`);
    }
  }

  async #judge(module: Digest): Promise<Verdict> {
    const verdict = judgeModule(await buffer(this.#artefacts.read(module)));
    if (this.#verdicts.size >= mostKept) this.#verdicts.clear();
    this.#verdicts.set(module, verdict);
    return verdict;
  }
}

export const unknownArtefact = (what: string, of: Digest) =>
  new HearthworkError({
    code: "job/unknown-artefact",
    message: `The job's ${what} ${of} is not here; send it first`,
    data: { digest: of },
  });
const badModule = (why: string) =>
  new HearthworkError({ code: "job/bad-module", message: `The job's module may not run: ${why}` });
