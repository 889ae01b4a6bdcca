import { expect, it } from "vitest";
import { carbonBenches, priceBenches, weatherBenches } from "./benches.suite.ts";
import { describeFeed } from "./describeFeed.suite.ts";
import { carbonFeeds, priceFeeds, weatherFeeds } from "./tables.ts";

for (const bench of priceBenches) describeFeed(bench);
for (const bench of carbonBenches) describeFeed(bench);
for (const bench of weatherBenches) describeFeed(bench);

it("holds every feed that hearth.yaml can name to it", () => {
  const named = [priceFeeds, carbonFeeds, weatherFeeds].flatMap((table) => Object.values(table));
  const held = [...priceBenches, ...carbonBenches, ...weatherBenches].map(({ definition }) => definition);
  expect(new Set<unknown>(held)).toEqual(new Set<unknown>(named));
});
