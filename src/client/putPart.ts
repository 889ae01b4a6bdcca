import { z } from "zod";
import { type Digest, HearthworkError, messageOf } from "../domain/index.ts";
import { artefactUrl, jobRoutes } from "../wire/index.ts";
import type { ApiClientOptions } from "./apiClient.ts";

interface ArtefactPart {
  readonly digest: Digest;
  /** Where in the artefact it begins, bytes. */
  readonly offset: number;
  /** Of the whole artefact, bytes. */
  readonly total: number;
  readonly part: Uint8Array;
}

const patienceMs = 60_000;
const stateSchema = jobRoutes.artefactState.schema.response[200];
const problemSchema = z.object({ message: z.string() });

/**
 * Sends a part of an artefact.
 * @returns how much of it is there now
 * @throws {HearthworkError} `job/not-taken` when the exchange refuses it, `api/unreachable` when it does not answer
 */
export async function putPart(
  { url, token }: ApiClientOptions,
  { digest, offset, total, part }: ArtefactPart,
): Promise<z.output<typeof stateSchema>> {
  const { status, said } = await put(`${url}${artefactUrl(digest)}?offset=${offset}&total=${total}`, {
    method: "PUT",
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
    headers: {
      "content-type": "application/octet-stream",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: Buffer.from(part),
  });
  const state = stateSchema.safeParse(said);
  if (status === 200 && state.success) return state.data;
  throw new HearthworkError({
    code: "job/not-taken",
    message: `the exchange did not take the artefact: ${problemSchema.safeParse(said).data?.message ?? status}`,
  });
}

async function put(url: string, init: RequestInit): Promise<{ status: number; said: unknown }> {
  try {
    const reply = await fetch(url, init);
    return { status: reply.status, said: await reply.json() };
  } catch (thrown) {
    throw new HearthworkError({
      code: "api/unreachable",
      message: `the exchange took no part of the artefact: ${messageOf(thrown)}`,
      retry: "later",
      cause: thrown,
    });
  }
}
