import { HearthworkError } from "../domain/index.ts";
import { sha256d, type Sha256d } from "./sha256d.ts";

/**
 * The merkle root of a block's hashes, each 32 bytes in hashing order.
 * @throws {HearthworkError} `bitcoin/no-leaves` when there are none.
 */
export function merkleRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = hashes;
  if (!first) {
    throw new HearthworkError({
      code: "bitcoin/no-leaves",
      message: "a block has at least one transaction, its coinbase; give its hash",
    });
  }
  return foldMerkleBranch(first, merkleBranch(others));
}

/** What the coinbase's hash is joined with, level by level, to give the root; `others` are all other hashes. */
export function merkleBranch(others: readonly Uint8Array[]): readonly Uint8Array[] {
  const branch: Uint8Array[] = [];
  let level = others;
  for (let [sibling] = level; sibling; [sibling] = level) {
    branch.push(sibling);
    level = pairUp(level.slice(1));
  }
  return branch;
}

/** The root over a coinbase's hash and its branch. */
export function foldMerkleBranch(
  coinbaseHash: Uint8Array,
  branch: readonly Uint8Array[],
  hash: Sha256d = sha256d,
): Uint8Array {
  const pair = new Uint8Array(64);
  let root = coinbaseHash;
  for (const sibling of branch) {
    pair.set(root, 0);
    pair.set(sibling, 32);
    root = hash(pair);
  }
  return root;
}

/** An odd last hash is joined with itself. */
function pairUp(hashes: readonly Uint8Array[]): Uint8Array[] {
  const parents: Uint8Array[] = [];
  for (let i = 0; i < hashes.length; i += 2) {
    const [left, right] = [hashes[i], hashes[i + 1] ?? hashes[i]];
    if (left && right) parents.push(join(left, right));
  }
  return parents;
}

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = new Uint8Array(64);
  pair.set(left, 0);
  pair.set(right, 32);
  return sha256d(pair);
}
