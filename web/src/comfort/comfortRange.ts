import type { Sink } from "../api.ts";

/** What may be wanted of a kind of sink, °C, and how wide its band may be, K: as hearth.yaml allows it. */
export interface ComfortRange {
  readonly coldestC: number;
  readonly warmestC: number;
  readonly leastBandK: number;
  readonly mostBandK: number;
  /** Where the file leaves it out. */
  readonly setBackC: number | undefined;
}

export const comfortRange = ({ kind }: Pick<Sink, "kind">): ComfortRange =>
  kind === "tank"
    ? { coldestC: 20, warmestC: 80, leastBandK: 1, mostBandK: 10, setBackC: 50 }
    : { coldestC: 5, warmestC: 30, leastBandK: 0.1, mostBandK: 3, setBackC: undefined };
