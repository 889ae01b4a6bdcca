import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import { mutatedJson } from "../contract/mutatedJson.suite.ts";
import { carbonBenches, priceBenches, weatherBenches } from "./benches.suite.ts";
import type { FeedBench } from "./feedBench.suite.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const benches: readonly FeedBench<unknown>[] = [...priceBenches, ...carbonBenches, ...weatherBenches];

/** An answer with pieces of it replaced, dropped or doubled, or a document of another mind. */
function damaged(text: string): fc.Arbitrary<string> {
  const cut = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(40),
    with: fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom("", "<", "]]>", "-1e999", "\n", '"', "T25:61", ";;;", "&#0;"),
    ),
  });
  const patched = fc
    .array(cut, { maxLength: 5 })
    .map((cuts) =>
      cuts.reduce(
        (soFar, { at, length, with: piece }) => soFar.slice(0, at) + piece + soFar.slice(at + length),
        text,
      ),
    );
  return text.startsWith("{")
    ? fc.oneof(
        patched,
        mutatedJson(JSON.parse(text)).map((json) => JSON.stringify(json) ?? ""),
      )
    : patched;
}

describe("whatever a source of figures answers", () => {
  it.each(benches)("$title gives a timeline in order, or says that it is not understood", (bench) => {
    const config = bench.definition.config.parse(
      bench.config(bench.via === "http" ? "http://127.0.0.1:1" : "/tmp/x.csv"),
    );
    const moment = { now: bench.now, timezone: bench.timezone, currency: bench.currency ?? "EUR" } as const;
    const answers = fc.oneof(damaged(bench.whole.text), damaged(bench.clockChange.text), fc.string());
    fc.assert(
      fc.property(answers, (answer) => {
        let timeline;
        try {
          timeline = bench.definition.read(answer, config, moment);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(HearthworkError);
          expect((thrown as HearthworkError).code).toMatch(/^feed\//);
          return;
        }
        timeline.forEach(({ from, until, value }, index) => {
          expect(Number.isFinite(from) && Number.isFinite(until)).toBe(true);
          expect(from).toBeLessThan(until);
          expect(until).toBeLessThanOrEqual(timeline[index + 1]?.from ?? Number.POSITIVE_INFINITY);
          expect(bench.kind.kept.safeParse(JSON.parse(JSON.stringify(bench.kind.keep(value)))).success).toBe(
            true,
          );
        });
      }),
      { numRuns },
    );
  });
});
