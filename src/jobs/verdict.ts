import type { Digest } from "../domain/index.ts";
import { agreeWithin, type Compare } from "./agreement.ts";

/** A result of a task that came back. */
export interface Claim {
  readonly lease: number;
  readonly digest: Digest;
  /** Where results agree otherwise than to the byte. */
  readonly output?: Uint8Array | null | undefined;
}

/** Whether two results say the same. */
export type Agreement = (one: Claim, other: Claim) => boolean;

/** As a job wishes it: to the byte, unless it names a tolerance. */
export function agreementOf(compare: Compare | undefined): Agreement {
  if (compare === undefined || compare === "exact") return (one, other) => one.digest === other.digest;
  return (one, other) =>
    one.digest === other.digest ||
    (one.output instanceof Uint8Array &&
      other.output instanceof Uint8Array &&
      agreeWithin(one.output, other.output, compare.tolerance));
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

/** What to believe of results of which some have to agree: what two machines say. */
export function verdictOn(claims: readonly Claim[], agree: Agreement = agreementOf("exact")): Verdict {
  const sorted = claims.toSorted((a, b) => a.lease - b.lease);
  const found = sorted
    .map((one) => sorted.filter((other) => other === one || agree(one, other)))
    .find((group) => group.length >= enough);
  if (!found) return { kind: sorted.length >= mostDifferent ? "hopeless" : "undecided" };
  const [stands = 0, ...confirms] = found.map(({ lease }) => lease);
  const wrong = sorted.filter((one) => !found.includes(one)).map(({ lease }) => lease);
  return { kind: "agreed", stands, confirms, wrong };
}
