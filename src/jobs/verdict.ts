import type { Digest } from "../domain/index.ts";

/** A result of a task that came back. */
export interface Claim {
  readonly lease: number;
  readonly digest: Digest;
}

export type Verdict =
  | {
      readonly kind: "agreed";
      /** The result that stands: the first of those that agree. */
      readonly stands: number;
      /** Those that say the same. */
      readonly confirms: readonly number[];
      readonly wrong: readonly number[];
    }
  /** Another machine has to say. */
  | { readonly kind: "undecided" }
  /** Each machine says something else: the module is not deterministic. */
  | { readonly kind: "hopeless" };

const enough = 2;
const mostDifferent = 4;

/** What to believe of results of which some have to agree: what two machines say, to the byte. */
export function verdictOn(claims: readonly Claim[]): Verdict {
  const sorted = claims.toSorted((a, b) => a.lease - b.lease);
  const counts = new Map<Digest, number>();
  for (const { digest } of sorted) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  const agreed = [...counts].find(([, count]) => count >= enough)?.[0];
  if (agreed === undefined) return { kind: counts.size >= mostDifferent ? "hopeless" : "undecided" };
  const [stands = 0, ...confirms] = sorted
    .filter(({ digest }) => digest === agreed)
    .map(({ lease }) => lease);
  const wrong = sorted.filter(({ digest }) => digest !== agreed).map(({ lease }) => lease);
  return { kind: "agreed", stands, confirms, wrong };
}
