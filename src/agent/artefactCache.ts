import { createHash } from "node:crypto";
import { type Digest, HearthworkError, messageOf } from "../domain/index.ts";
import { maxArtefactBytes } from "../jobs/index.ts";

const keptBytes = 256 * 1024 * 1024;
const patienceMs = 120_000;

/** The artefacts of an exchange, those used last kept in memory. */
export class ArtefactCache {
  readonly #kept = new Map<Digest, Promise<Uint8Array>>();
  readonly #sizes = new Map<Digest, number>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws {HearthworkError} `artefact/missing`, `artefact/wrong` when it is not what its digest says */
  async get(digest: Digest, token: string): Promise<Uint8Array> {
    const known = this.#kept.get(digest);
    const bytes = known ?? fetchArtefact(this.#url, digest, token);
    this.#kept.delete(digest);
    this.#kept.set(digest, bytes);
    try {
      const { length } = await bytes;
      this.#sizes.set(digest, length);
      this.#makeRoom();
      return await bytes;
    } catch (thrown) {
      this.#kept.delete(digest);
      throw thrown;
    }
  }

  #makeRoom(): void {
    let total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const digest of this.#kept.keys()) {
      if (total <= keptBytes) return;
      total -= this.#sizes.get(digest) ?? 0;
      this.#kept.delete(digest);
      this.#sizes.delete(digest);
    }
  }
}

async function fetchArtefact(url: string, digest: Digest, token: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    const reply = await fetch(`${url}/api/v1/artefacts/${digest}`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    if (reply.status !== 200) throw new Error(`status ${reply.status}`);
    for await (const chunk of reply.body ?? []) {
      bytes += chunk.length;
      if (bytes > maxArtefactBytes) throw new Error("it is too large");
      chunks.push(chunk);
    }
  } catch (thrown) {
    throw new HearthworkError({
      code: "artefact/missing",
      message: `artefact ${digest} did not come from ${url}: ${messageOf(thrown)}`,
      retry: "later",
      cause: thrown,
    });
  }
  const whole = Buffer.concat(chunks);
  if (createHash("sha256").update(whole).digest("hex") === digest) return whole;
  throw new HearthworkError({
    code: "artefact/wrong",
    message: `what came from ${url} is not artefact ${digest}`,
  });
}
