import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Digest, HearthworkError } from "../domain/index.ts";
import { maxArtefactBytes } from "../jobs/index.ts";
import { type JobQuote, jobRoutes, type JobView, maxPartBytes } from "../wire/index.ts";
import { type ApiClient, apiClient, type ApiClientOptions, type InputOf } from "./apiClient.ts";
import { putPart } from "./putPart.ts";

/** A job with its artefacts at hand; what else it says is what `job.yaml` says. */
export type JobToSubmit = Omit<InputOf<typeof jobRoutes.submitJob>["body"], "module" | "input"> & {
  /** A WebAssembly module. */
  readonly module: Uint8Array;
  /** What every task reads after its own index. */
  readonly input?: Uint8Array | undefined;
};

/** What a task of a job wrote; the bytes are what the digest says. */
export interface TaskOutput {
  readonly index: number;
  readonly digest: Digest;
  readonly output: Uint8Array;
}

export interface FollowOptions {
  /** Ends the waiting; the job goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (job: JobView) => void;
}

const lookEveryMs = 500;

/**
 * Has an exchange compute something.
 *
 * ```ts
 * const exchange = exchangeClient({ url: "https://exchange.example:7421", token: "hwc_…" });
 * const { id } = await exchange.submit({ name, kind: "wasm", module, tasks: 64, classSeconds: 1, bid: "0.001", deadline });
 * const { state, why } = await exchange.follow(id);
 * for await (const { index, output } of exchange.results(id)) …
 * ```
 *
 * What goes wrong is a {@link HearthworkError}: what the exchange refused, in its words, or `api/unreachable`, which
 * may be tried again.
 */
export interface ExchangeClient {
  /** Asks for what `jobRoutes` offers beside. */
  readonly api: ApiClient;
  /**
   * Sends bytes that a job needs, as far as the exchange has them not yet; what broke off goes on where it stopped.
   * @returns what they are known by there
   * @throws {HearthworkError} `job/no-artefact` when there are none, or too many
   */
  sendArtefact(bytes: Uint8Array): Promise<Digest>;
  /** Sends the artefacts of a job and then the job. */
  submit(job: JobToSubmit): Promise<JobView>;
  /** What a job would cost, and how much of it would begin now; nothing is sent but its digests. */
  quote(job: JobToSubmit): Promise<JobQuote>;
  /** Waits until a job has ended, in whichever state. */
  follow(id: string, options?: FollowOptions): Promise<JobView>;
  /**
   * The outputs that are there, by index.
   * @throws {HearthworkError} `job/wrong-output` when one is not what its digest says
   */
  results(id: string): AsyncGenerator<TaskOutput, void>;
}

export function exchangeClient(options: ApiClientOptions): ExchangeClient {
  const api = apiClient(options);
  const client: ExchangeClient = {
    api,

    async sendArtefact(bytes) {
      if (bytes.length === 0 || bytes.length > maxArtefactBytes) {
        const message = `an artefact has 1 to ${maxArtefactBytes} bytes, and this one ${bytes.length}`;
        throw new HearthworkError({ code: "job/no-artefact", message });
      }
      const digest = sha256(bytes);
      let state = await api.call(jobRoutes.artefactState, { params: { digest } });
      while (!state.isWhole) {
        const part = bytes.subarray(state.bytes, state.bytes + maxPartBytes);
        const next = await putPart(options, { digest, offset: state.bytes, total: bytes.length, part });
        if (!next.isWhole && next.bytes === state.bytes) throw stuck();
        state = next;
      }
      return digest;
    },

    async submit({ module, input, ...job }) {
      const artefacts = {
        module: await client.sendArtefact(module),
        input: input === undefined ? null : await client.sendArtefact(input),
      };
      return api.call(jobRoutes.submitJob, { body: { ...job, ...artefacts } });
    },

    quote: ({ module, input, ...job }) =>
      api.call(jobRoutes.quoteJob, {
        body: { ...job, module: sha256(module), input: input === undefined ? null : sha256(input) },
      }),

    async follow(id, { signal, onProgress } = {}) {
      for (;;) {
        const job = await api.call(jobRoutes.job, { params: { id } });
        if (job.state !== "open") return job;
        onProgress?.(job);
        await sleep(lookEveryMs, undefined, { signal });
      }
    },

    async *results(id) {
      for (let from: number | null = 0; from !== null;) {
        const page: ResultsPage = await api.call(jobRoutes.jobResults, {
          params: { id },
          querystring: { from },
        });
        for (const { index, digest, output } of page.results) {
          const bytes = Buffer.from(output, "base64");
          if (sha256(bytes) !== digest) throw wrong(id, index);
          yield { index, digest: Digest(digest), output: bytes };
        }
        from = page.next;
      }
    },
  };
  return client;
}

interface ResultsPage {
  readonly results: readonly { readonly index: number; readonly digest: string; readonly output: string }[];
  readonly next: number | null;
}

const sha256 = (bytes: Uint8Array): Digest => Digest(createHash("sha256").update(bytes).digest("hex"));

const stuck = () =>
  new HearthworkError({
    code: "job/not-taken",
    message: "the exchange takes no more of the artefact; try again",
    retry: "later",
  });

const wrong = (id: string, index: number) =>
  new HearthworkError({
    code: "job/wrong-output",
    message: `the output of task ${index} of ${id} is not what its digest says; ask for it again`,
    retry: "later",
  });
