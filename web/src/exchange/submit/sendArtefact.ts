import { answered, baseUrl } from "../../asking.ts";
import { api } from "../api.ts";

/** Of one part, bytes: small enough to show how it goes on, and that a broken line loses little. */
const partBytes = 512 * 1024;
const partWithinMs = 60_000;

interface State {
  readonly isWhole: boolean;
  readonly bytes: number;
}

/**
 * Sends what the exchange has not of it yet, part by part.
 * @param onProgress how much of it is there, 0 … 1
 * @throws {Error} with the exchange's words where it takes a part no more
 */
export async function sendArtefact(
  digest: string,
  bytes: Uint8Array<ArrayBuffer>,
  onProgress: (done: number) => void,
): Promise<void> {
  let state: State = await answered(
    api.GET("/api/v1/artefacts/{digest}/state", { params: { path: { digest } } }),
  );
  while (!state.isWhole) {
    onProgress(state.bytes / bytes.length);
    const next = await sendPart(digest, bytes, state.bytes);
    if (!next.isWhole && next.bytes === state.bytes)
      throw new Error("The exchange takes no more of it; try again.");
    state = next;
  }
  onProgress(1);
}

async function sendPart(digest: string, bytes: Uint8Array<ArrayBuffer>, offset: number): Promise<State> {
  const reply = await fetch(
    `${baseUrl}/api/v1/artefacts/${digest}?${new URLSearchParams({ offset: String(offset), total: String(bytes.length) })}`,
    {
      method: "PUT",
      headers: { "content-type": "application/octet-stream" },
      body: bytes.slice(offset, offset + partBytes),
      signal: AbortSignal.timeout(partWithinMs),
    },
  );
  const said = (await reply.json()) as State & { readonly message?: string };
  if (reply.ok) return said;
  throw new Error(said.message ?? `The exchange answered with status ${reply.status}.`);
}
