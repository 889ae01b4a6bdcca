import { createHash } from "node:crypto";
import { constants, createReadStream, type ReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Digest, HearthworkError } from "../../domain/index.ts";
import { maxArtefactBytes } from "../../jobs/index.ts";

/** Where artefacts are kept, each by the SHA-256 of its bytes. */
export interface ArtefactStore {
  /** Undefined where it is not here. */
  size(digest: Digest): Promise<number | undefined>;
  read(digest: Digest): ReadStream;
  /**
   * Takes a part of an artefact from `owner`; parts come in order. With the last one its digest is checked.
   * @returns how many bytes of it are here; as many as `total` when it is whole
   * @throws {HearthworkError} `artefact/wrong` when it is another than its digest says; `api/bad-request`
   */
  add(part: ArtefactPart): Promise<number>;
  /** How much of an artefact that `owner` began to send is here. */
  begun(digest: Digest, owner: string): Promise<number>;
}

export interface ArtefactPart {
  readonly digest: Digest;
  readonly owner: string;
  readonly offset: number;
  readonly total: number;
  readonly bytes: Uint8Array;
}

/** Of artefacts that were begun, by one owner at once. */
const maxBegun = 16;
const mostKnown = 10_000;

/** Artefacts in a directory: whole ones in `whole/`, those that are still coming in `coming/OWNER/`. */
export function directoryArtefacts(folder: string): ArtefactStore {
  const pathOf = (digest: Digest) => join(folder, "whole", digest.slice(0, 2), digest);
  const comingOf = (digest: Digest, owner: string) => join(folder, "coming", owner, digest);
  const sizeAt = async (path: string) =>
    stat(path).then(
      ({ size }) => size,
      () => undefined,
    );
  /** What is whole stays as it is. */
  const known = new Map<Digest, number>();
  const wholeSize = async (digest: Digest) => {
    const size = known.get(digest) ?? (await sizeAt(pathOf(digest)));
    if (known.size >= mostKnown) known.clear();
    if (size !== undefined) known.set(digest, size);
    return size;
  };
  const turns = new Map<string, Promise<unknown>>();
  /** Parts of one artefact are taken one after the other, however they come. */
  const inTurn = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(path) ?? Promise.resolve()).then(work, work);
    turns.set(path, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(path) === turn) turns.delete(path);
    }
  };

  const addPart = async ({ digest, owner, offset, total, bytes }: ArtefactPart): Promise<number> => {
    const whole = await sizeAt(pathOf(digest));
    if (whole !== undefined) return whole;
    const path = comingOf(digest, owner);
    const here = (await sizeAt(path)) ?? 0;
    if (offset !== here) return here;
    if (total > maxArtefactBytes || offset + bytes.length > total) throw badPart(total);
    await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
    if (here === 0 && (await readdir(join(path, ".."))).length >= maxBegun) throw tooMany();
    await append(path, bytes);
    if (here + bytes.length < total) return here + bytes.length;
    if ((await digestOf(path)) !== digest) {
      await rm(path, { force: true });
      throw wrong(digest);
    }
    await mkdir(join(pathOf(digest), ".."), { recursive: true, mode: 0o700 });
    await rename(path, pathOf(digest));
    return total;
  };

  return {
    size: wholeSize,
    read: (digest) => createReadStream(pathOf(digest)),
    begun: async (digest, owner) => (await sizeAt(comingOf(digest, owner))) ?? 0,
    add: (part) => inTurn(comingOf(part.digest, part.owner), () => addPart(part)),
  };
}

async function append(path: string, bytes: Uint8Array): Promise<void> {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  const file = await open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

const wrong = (digest: Digest) =>
  new HearthworkError({
    code: "artefact/wrong",
    message: `what came is not artefact ${digest}; send it again from its beginning`,
    data: { digest },
  });
const badPart = (total: number) =>
  new HearthworkError({
    code: "api/bad-request",
    message: `a part goes past the end of its artefact, or the artefact's ${total} bytes are more than ${maxArtefactBytes}`,
  });
const tooMany = () =>
  new HearthworkError({
    code: "api/conflict",
    message: `${maxBegun} artefacts of yours are begun and not whole; finish one of them first`,
  });
