import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import { Digest, HearthworkError, messageOf } from "../domain/index.ts";
import { maxArtefactBytes } from "../jobs/index.ts";
import { artefactUrl, jobRoutes, maxPartBytes } from "../wire/index.ts";
import type { ExchangeDoor } from "./askExchange.ts";

const patienceMs = 60_000;
const stateSchema = jobRoutes.artefactState.schema.response[200];
const problemSchema = z.object({ message: z.string() });

/**
 * Sends a file to an exchange, as far as it is not there yet; what broke off goes on where it stopped.
 * @returns what it is known by there
 * @throws {HearthworkError} `job/no-file`; what the exchange refused
 */
export async function sendArtefact(exchange: ExchangeDoor, path: string): Promise<Digest> {
  const bytes = await readWhole(path);
  const digest = Digest(createHash("sha256").update(bytes).digest("hex"));
  let state = await exchange.api.call(jobRoutes.artefactState, { params: { digest } });
  while (!state.isWhole) {
    const part = bytes.subarray(state.bytes, state.bytes + maxPartBytes);
    const next = await putPart(exchange, digest, { offset: state.bytes, total: bytes.length, part });
    if (!next.isWhole && next.bytes === state.bytes) throw stuck(path);
    state = next;
  }
  return digest;
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      if (size === 0 || size > maxArtefactBytes) {
        throw new Error(`it has ${size} bytes, and an artefact has 1 to ${maxArtefactBytes}`);
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw new HearthworkError({
      code: "job/no-file",
      message: `cannot send ${path}: ${messageOf(thrown)}`,
      data: { path },
      cause: thrown,
    });
  }
}

async function putPart(
  { url, token }: ExchangeDoor,
  digest: Digest,
  { offset, total, part }: { offset: number; total: number; part: Uint8Array },
) {
  const reply = await fetch(`${url}${artefactUrl(digest)}?offset=${offset}&total=${total}`, {
    method: "PUT",
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
    headers: {
      "content-type": "application/octet-stream",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: Buffer.from(part),
  });
  const said: unknown = await reply.json();
  if (reply.status === 200) return stateSchema.parse(said);
  throw new HearthworkError({
    code: "job/not-taken",
    message: `the exchange did not take the artefact: ${problemSchema.safeParse(said).data?.message ?? reply.status}`,
  });
}

const stuck = (path: string) =>
  new HearthworkError({ code: "job/not-taken", message: `the exchange takes no more of ${path}; try again` });
