import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { siteConfigSchema } from "./siteConfig.ts";
import { checkYaml } from "./yamlFile.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const withSite = (lines: string) => example.replace("    perKwh: 0.31\n", `    perKwh: 0.31\n${lines}\n`);
const read = (lines: string) => {
  const { value, problems } = checkYaml(withSite(lines), siteConfigSchema);
  expect(problems).toEqual([]);
  return value?.site;
};

describe("prices in hearth.yaml", () => {
  it("are fixed unless it says more", () => {
    expect(read("")?.tariff).toMatchObject({ perKwh: 310_000n, timeOfUse: [] });
  });

  it("may differ by the times of the week", () => {
    const site = read('    timeOfUse:\n      - { from: "22:00", to: "06:00", perKwh: 0.21 } # at night');
    expect(site?.tariff.timeOfUse[0]).toMatchObject({ from: "22:00", to: "06:00", perKwh: 210_000n });
    expect(site?.tariff.timeOfUse[0]?.days).toHaveLength(7);
  });

  it("may be a market's, with what comes on top", () => {
    const site = read(
      "    market:\n      feed: { driver: awattar, country: at, alarmAfterHours: 12 }\n      surchargePerKwh: 0.15\n      vatPercent: 20\n    feedIn: { kind: spot, feePerKwh: 0.01 }\n    capacity: { perKw: 48, per: year }",
    );
    expect(site?.tariff.market).toMatchObject({ surchargePerKwh: 150_000n, vatPercent: 20 });
    expect(site?.tariff.market?.feed).toMatchObject({ definition: { name: "awattar" }, alarmAfterHours: 12 });
    expect(site?.tariff.capacity).toEqual({ perKw: 48_000_000n, per: "year" });
    expect(site?.tariff.feedIn).toEqual({ kind: "spot", feePerKwh: 10_000n });
  });

  it.each([
    ["no feed", "    market: { vatPercent: 19 }", "site.tariff.market.feed:"],
    [
      "a feed that is none",
      "    market:\n      feed: { driver: astrology }",
      "site.tariff.market.feed.driver:",
    ],
    [
      "a key that the feed has not",
      "    market:\n      feed: { driver: awattar, zone: DE }",
      "site.tariff.market.feed.zone: is no key",
    ],
    [
      "a product that is none",
      "    market:\n      feed: { driver: octopus, product: agile, region: C }",
      "site.tariff.market.feed.product: write it like",
    ],
    [
      "no region",
      "    market:\n      feed: { driver: octopus, product: AGILE-24-10-01 }",
      "site.tariff.market.feed.region:",
    ],
    [
      "a key in the file",
      "    market:\n      feed: { driver: tibber, token: abc }",
      "site.tariff.market.feed.token: is no key",
    ],
    [
      "an address with a login",
      "    market:\n      feed: { driver: awattar, address: https://me:pw@api.awattar.de }",
      "keep keys out of it",
    ],
    [
      "an address with a path",
      "    market:\n      feed: { driver: awattar, address: https://api.awattar.de/v1 }",
      "end it after the host",
    ],
    [
      "half a path of a file",
      "    market:\n      feed: { driver: csv, file: prices.csv }",
      "write its whole path",
    ],
    [
      "a fee by the week",
      "    capacity: { perKw: 4, per: week }",
      "site.tariff.capacity.per: must be one of month, year",
    ],
    [
      "a tax of a hundred",
      "    market:\n      feed: { driver: awattar }\n      vatPercent: 100",
      "site.tariff.market.vatPercent: must be at most 50",
    ],
    [
      "a time that is none",
      '    timeOfUse:\n      - { from: "22", to: "06:00", perKwh: 0.2 }',
      'write it like "06:30"',
    ],
    [
      "the market's price without a market",
      "    feedIn: { kind: spot }",
      "site.tariff.feedIn.kind: needs the section market",
    ],
    [
      "a carbon feed without a figure to fall back to",
      "  carbon:\n    feed: { driver: uk-carbon }",
      "site.carbon.gramsPerKwh:",
    ],
    [
      "a feed of the marginal kWh that tells the mean one",
      "  carbon:\n    gramsPerKwh: 380\n    marginal: { feed: { driver: uk-carbon } }",
      "site.carbon.marginal.feed.driver:",
    ],
    [
      "a carbon zone that is none",
      "  carbon:\n    gramsPerKwh: 380\n    feed: { driver: electricity-maps, zone: germany, credentials: em }",
      "site.carbon.feed.zone: write it like",
    ],
    [
      "a place off the earth",
      "  weather: { driver: open-meteo, latitude: 95, longitude: 13 }",
      "site.weather.latitude: must be at most 90",
    ],
  ])("are refused by line and key with %s", (_what, lines, words) => {
    const { problems } = checkYaml(withSite(lines), siteConfigSchema);
    const told = problems.map(({ line, key, message }) => `${line} ${key}: ${message}`);
    expect(told.filter((one) => one.includes(words))).toHaveLength(1);
    const first =
      withSite(lines)
        .split("\n")
        .indexOf(lines.split("\n")[0] ?? "") + 1;
    for (const { line } of problems) {
      expect(line).toBeGreaterThanOrEqual(first);
      expect(line).toBeLessThan(first + lines.split("\n").length);
    }
  });
});
