import { Instant, Micros } from "../../domain/index.ts";
import type { Weather } from "../../heat/index.ts";
import { electricityMaps } from "./carbon/electricityMaps.ts";
import { csvCarbon } from "./carbon/csvCarbon.ts";
import { ukCarbon } from "./carbon/ukCarbon.ts";
import type { FeedBench } from "./feedBench.suite.ts";
import { awattar } from "./prices/awattar.ts";
import { csvPrices } from "./prices/csvPrices.ts";
import { entsoe } from "./prices/entsoe.ts";
import { octopus } from "./prices/octopus.ts";
import { tibber } from "./prices/tibber.ts";
import { carbonKind, priceKind, weatherKind } from "./tables.ts";
import { openMeteo } from "./weather/openMeteo.ts";

// Every answer in this file was written by hand from the shape that its source documents; none was recorded.

const at = (text: string) => Instant(Date.parse(text));
const hours = (first: string, count: number, stepMinutes = 60) =>
  Array.from({ length: count }, (_, index) => Date.parse(first) + index * stepMinutes * 60_000);
const micros = (value: number) => Micros(BigInt(value));
/** Before the spring's change in Europe: at 2026-03-29T01:00Z clocks go from 2 to 3. */
const evening = at("2026-03-28T20:10:00Z");

const awattarAnswer = (first: string, count: number) =>
  JSON.stringify({
    object: "list",
    data: hours(first, count).map((ms, index) => ({
      start_timestamp: ms,
      end_timestamp: ms + 3_600_000,
      marketprice: index === 1 ? -12.5 : 84.97 + index,
      unit: "Eur/MWh",
    })),
    url: "/de/v1/marketdata",
  });

const awattarBench: FeedBench<Micros> = {
  title: "awattar",
  definition: awattar,
  kind: priceKind,
  config: (address) => ({ country: "de", address }),
  via: "http",
  timezone: "Europe/Berlin",
  asks: [/^GET \/v1\/marketdata\?start=1774641600000&end=1774900800000\n/],
  now: evening,
  whole: {
    text: awattarAnswer("2026-03-28T20:00Z", 28),
    truths: [
      ["2026-03-28T19:59:59Z", undefined],
      ["2026-03-28T20:00Z", micros(84_970)],
      ["2026-03-28T21:30Z", micros(-12_500)],
      ["2026-03-29T23:59Z", micros(111_970)],
      ["2026-03-30T00:00Z", undefined],
    ],
  },
  half: {
    text: awattarAnswer("2026-03-28T20:00Z", 4),
    truths: [
      ["2026-03-28T23:59Z", micros(87_970)],
      ["2026-03-29T00:00Z", undefined],
    ],
  },
  clockChange: {
    text: awattarAnswer("2026-03-28T23:00Z", 4),
    truths: [
      ["2026-03-29T01:30+01:00", micros(-12_500)],
      ["2026-03-29T03:00+02:00", micros(86_970)],
    ],
  },
};

const octopusAnswer = (
  rows: readonly (readonly [from: string, to: string | null, pence: number, method?: string | null])[],
) =>
  JSON.stringify({
    count: rows.length,
    next: null,
    previous: null,
    results: rows.map(([valid_from, valid_to, pence, payment_method = null]) => ({
      value_exc_vat: pence / 1.05,
      value_inc_vat: pence,
      valid_from,
      valid_to,
      payment_method,
    })),
  });

const octopusBench: FeedBench<Micros> = {
  title: "octopus",
  definition: octopus,
  kind: priceKind,
  config: (address) => ({ product: "AGILE-24-10-01", region: "C", address }),
  via: "http",
  timezone: "Europe/London",
  currency: "GBP",
  asks: [
    "GET /v1/products/AGILE-24-10-01/electricity-tariffs/E-1R-AGILE-24-10-01-C/standard-unit-rates/?period_from=2026-03-27T20:00:00Z&period_to=2026-03-31T20:00:00Z&page_size=1500",
  ],
  now: evening,
  whole: {
    text: octopusAnswer([
      ["2026-03-28T21:00:00Z", "2026-03-28T21:30:00Z", -1.2075],
      ["2026-03-28T20:30:00Z", "2026-03-28T21:00:00Z", 18.9],
      ["2026-03-28T20:00:00Z", "2026-03-28T20:30:00Z", 21.4935],
    ]),
    truths: [
      ["2026-03-28T20:10Z", micros(214_935)],
      ["2026-03-28T20:30Z", micros(189_000)],
      ["2026-03-28T21:29Z", micros(-12_075)],
      ["2026-03-28T21:30Z", undefined],
    ],
  },
  half: {
    text: octopusAnswer([
      ["2026-03-28T00:00:00Z", null, 24.5, "DIRECT_DEBIT"],
      ["2026-03-28T00:00:00Z", null, 26.1, "NON_DIRECT_DEBIT"],
    ]),
    truths: [
      ["2026-03-27T23:59Z", undefined],
      ["2026-03-28T20:10Z", micros(245_000)],
    ],
  },
  clockChange: {
    text: octopusAnswer([
      ["2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", 10],
      ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", 11],
    ]),
    truths: [
      ["2026-03-29T00:45+00:00", micros(100_000)],
      ["2026-03-29T02:15+01:00", micros(110_000)],
    ],
  },
};

const tibberAnswer = (today: readonly string[], tomorrow: readonly string[], currency = "NOK") => {
  const prices = (starts: readonly string[]) =>
    starts.map((startsAt, index) => ({ total: 1.2345 + index / 10, startsAt, currency }));
  const priceInfo = { today: prices(today), tomorrow: prices(tomorrow) };
  return JSON.stringify({ data: { viewer: { homes: [{ currentSubscription: { priceInfo } }] } } });
};

const tibberBench: FeedBench<Micros> = {
  title: "tibber",
  definition: tibber,
  kind: priceKind,
  config: (address) => ({ credentials: "tibber", address }),
  via: "http",
  timezone: "Europe/Berlin",
  asks: [
    /^POST \/v1-beta\/gql\n/,
    '"authorization":"Bearer the-key"',
    "priceInfo(resolution:QUARTER_HOURLY)",
  ],
  now: evening,
  whole: {
    text: tibberAnswer(
      ["2026-03-28T21:00:00.000+01:00", "2026-03-28T21:15:00.000+01:00"],
      ["2026-03-29T00:00:00.000+01:00", "2026-03-29T00:15:00.000+01:00"],
      "EUR",
    ),
    truths: [
      ["2026-03-28T20:14Z", micros(1_234_500)],
      ["2026-03-28T20:29Z", micros(1_334_500)],
      ["2026-03-28T20:30Z", undefined],
      ["2026-03-28T23:20Z", micros(1_334_500)],
    ],
  },
  half: {
    text: tibberAnswer(["2026-03-28T21:00:00.000+01:00", "2026-03-28T21:15:00.000+01:00"], [], "EUR"),
    truths: [
      ["2026-03-28T20:14Z", micros(1_234_500)],
      ["2026-03-28T23:00Z", undefined],
    ],
  },
  clockChange: {
    text: tibberAnswer(
      ["2026-03-29T01:45:00.000+01:00", "2026-03-29T03:00:00.000+02:00", "2026-03-29T03:15:00.000+02:00"],
      [],
      "EUR",
    ),
    truths: [
      ["2026-03-29T00:59Z", micros(1_234_500)],
      ["2026-03-29T01:00Z", micros(1_334_500)],
      ["2026-03-29T01:15Z", micros(1_434_500)],
    ],
  },
  refusal: {
    text: JSON.stringify({ errors: [{ message: "No valid access token in request" }], data: null }),
    words: /it said: No valid access token/,
  },
};

const entsoePeriod = (
  start: string,
  end: string,
  resolution: string,
  points: readonly (readonly [number, number])[],
) =>
  `<Period><timeInterval><start>${start}</start><end>${end}</end></timeInterval><resolution>${resolution}</resolution>${points
    .map(
      ([position, price]) =>
        `<Point><position>${position}</position><price.amount>${price}</price.amount></Point>`,
    )
    .join("")}</Period>`;
const entsoeSeries = (period: string, curve = "A03", sequence = "1") =>
  `<TimeSeries><mRID>1</mRID><auction.type>A01</auction.type><businessType>A62</businessType>
  <in_Domain.mRID codingScheme="A01">10Y1001A1001A82H</in_Domain.mRID><contract_MarketAgreement.type>A01</contract_MarketAgreement.type>
  <currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name>
  <classificationSequence_AttributeInstanceComponent.position>${sequence}</classificationSequence_AttributeInstanceComponent.position>
  <curveType>${curve}</curveType>${period}</TimeSeries>`;
const entsoeAnswer = (...series: readonly string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>
<Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">
  <!-- written by hand --><mRID>0123</mRID><type>A44</type>${series.join("")}
</Publication_MarketDocument>`;

const entsoeBench: FeedBench<Micros> = {
  title: "entsoe",
  definition: entsoe,
  kind: priceKind,
  config: (address) => ({ zone: "10Y1001A1001A82H", credentials: "entsoe", address }),
  via: "http",
  timezone: "Europe/Berlin",
  asks: [
    "GET /api?securityToken=the-key&documentType=A44&in_Domain=10Y1001A1001A82H&out_Domain=10Y1001A1001A82H",
    "periodStart=202603272000&periodEnd=202603302000",
  ],
  now: evening,
  whole: {
    text: entsoeAnswer(
      entsoeSeries(
        entsoePeriod("2026-03-28T20:00Z", "2026-03-28T21:30Z", "PT15M", [
          [1, 84.97],
          [2, -0.01],
          [5, 90],
        ]),
      ),
      entsoeSeries(entsoePeriod("2026-03-28T20:00Z", "2026-03-28T21:30Z", "PT15M", [[1, 999]]), "A03", "2"),
      entsoeSeries(
        entsoePeriod("2026-03-28T21:00Z", "2026-03-28T23:00Z", "PT60M", [
          [1, 50],
          [2, 60],
        ]),
        "A01",
      ),
    ),
    truths: [
      ["2026-03-28T20:10Z", micros(84_970)],
      ["2026-03-28T20:15Z", micros(-10)],
      ["2026-03-28T20:59Z", micros(-10)],
      ["2026-03-28T21:29Z", micros(90_000)],
      ["2026-03-28T21:30Z", micros(50_000)],
      ["2026-03-28T22:30Z", micros(60_000)],
      ["2026-03-28T23:00Z", undefined],
    ],
  },
  half: {
    text: entsoeAnswer(
      entsoeSeries(
        entsoePeriod("2026-03-28T20:00Z", "2026-03-28T23:00Z", "PT60M", [
          [1, 50],
          [3, 60],
        ]),
        "A01",
      ),
    ),
    truths: [
      ["2026-03-28T20:30Z", micros(50_000)],
      ["2026-03-28T21:30Z", undefined],
      ["2026-03-28T22:30Z", micros(60_000)],
    ],
  },
  clockChange: {
    text: entsoeAnswer(
      entsoeSeries(
        entsoePeriod("2026-03-28T23:00Z", "2026-03-29T22:00Z", "PT60M", [
          [1, 10],
          [3, 30],
          [23, 230],
        ]),
      ),
    ),
    truths: [
      ["2026-03-29T01:30+01:00", micros(10_000)],
      ["2026-03-29T03:00+02:00", micros(30_000)],
      ["2026-03-29T23:59+02:00", micros(230_000)],
      ["2026-03-30T00:00+02:00", undefined],
    ],
  },
  refusal: {
    text: "<Acknowledgement_MarketDocument><Reason><code>999</code><text>No matching data found for Data item &amp; domain</text></Reason></Acknowledgement_MarketDocument>",
    words: /it said: No matching data found for Data item & domain/,
  },
};

const csvPricesBench: FeedBench<Micros> = {
  title: "csv-prices",
  definition: csvPrices,
  kind: priceKind,
  config: (file) => ({ file }),
  via: "file",
  timezone: "Europe/Berlin",
  asks: [],
  now: evening,
  whole: {
    text: "\uFEFFfrom,perKwh\r\n2026-03-28T21:00,0.31\r\n2026-03-28 22:00,-0.02\r\n\r\n",
    truths: [
      ["2026-03-28T20:00Z", micros(310_000)],
      ["2026-03-28T21:59Z", micros(-20_000)],
      ["2026-03-28T22:00Z", undefined],
    ],
  },
  half: {
    text: 'until;from;note;"perKwh"\n2026-03-28T20:15Z;2026-03-28T20:00Z;;0.31\n2026-03-28T21:00Z;2026-03-28T20:30Z;;0.32\n',
    truths: [
      ["2026-03-28T20:10Z", micros(310_000)],
      ["2026-03-28T20:20Z", undefined],
      ["2026-03-28T20:40Z", micros(320_000)],
    ],
  },
  clockChange: {
    text: "from,perKwh\n2026-03-29T01:00,0.01\n2026-03-29T03:00,0.03\n2026-03-29T04:00,0.04\n",
    truths: [
      ["2026-03-29T00:30Z", micros(10_000)],
      ["2026-03-29T01:30Z", micros(30_000)],
      ["2026-03-29T02:30Z", micros(40_000)],
    ],
  },
};

/** In the autumn, when 2 to 3 o'clock is there twice. */
const csvCarbonBench: FeedBench<number> = {
  title: "csv-carbon",
  definition: csvCarbon,
  kind: carbonKind,
  config: (file) => ({ file, column: "g" }),
  via: "file",
  timezone: "Europe/Berlin",
  asks: [],
  now: at("2026-10-24T21:00Z"),
  whole: {
    text: "from,g\n2026-10-24T22:00Z,120\n2026-10-24T23:00Z,130.5\n",
    truths: [
      ["2026-10-24T22:30Z", 120],
      ["2026-10-24T23:30Z", 130.5],
    ],
  },
  half: {
    text: "from,g\n2026-10-24T22:00Z,120\n",
    truths: [
      ["2026-10-24T22:30Z", 120],
      ["2026-10-25T22:30Z", undefined],
    ],
  },
  clockChange: {
    text: "from,g\n2026-10-25T01:00,1\n2026-10-25T02:00,2\n2026-10-25T02:00,3\n2026-10-25T03:00,4\n",
    truths: [
      ["2026-10-24T23:30Z", 1],
      ["2026-10-25T00:30Z", 2],
      ["2026-10-25T01:30Z", 3],
      ["2026-10-25T02:30Z", 4],
      ["2026-10-25T03:30Z", undefined],
    ],
  },
};

const ukRows = (
  rows: readonly (readonly [from: string, to: string, forecast: number | null, actual: number | null])[],
) =>
  rows.map(([from, to, forecast, actual]) => ({
    from,
    to,
    intensity: { forecast, actual, index: "moderate" },
  }));

const ukCarbonBench: FeedBench<number> = {
  title: "uk-carbon",
  definition: ukCarbon,
  kind: carbonKind,
  config: (address) => ({ address }),
  via: "http",
  timezone: "Europe/London",
  asks: [/^GET \/intensity\/2026-03-28T20:10Z\/fw48h\n/],
  now: evening,
  whole: {
    text: JSON.stringify({
      data: ukRows([
        ["2026-03-28T20:00Z", "2026-03-28T20:30Z", 266, 263],
        ["2026-03-28T20:30Z", "2026-03-28T21:00Z", 250, null],
      ]),
    }),
    truths: [
      ["2026-03-28T20:10Z", 263],
      ["2026-03-28T20:40Z", 250],
      ["2026-03-28T21:00Z", undefined],
    ],
  },
  half: {
    text: JSON.stringify({
      data: ukRows([
        ["2026-03-28T20:00Z", "2026-03-28T20:30Z", null, null],
        ["2026-03-28T20:30Z", "2026-03-28T21:00Z", 250, null],
      ]),
    }),
    truths: [
      ["2026-03-28T20:10Z", undefined],
      ["2026-03-28T20:40Z", 250],
    ],
  },
  clockChange: {
    text: JSON.stringify({
      data: {
        regionid: 13,
        data: ukRows([
          ["2026-03-29T00:30Z", "2026-03-29T01:00Z", 100, null],
          ["2026-03-29T01:00Z", "2026-03-29T01:30Z", 110, null],
        ]),
      },
    }),
    truths: [
      ["2026-03-29T00:45+00:00", 100],
      ["2026-03-29T02:15+01:00", 110],
    ],
  },
};

const electricityMapsBench: FeedBench<number> = {
  title: "electricity-maps",
  definition: electricityMaps,
  kind: carbonKind,
  config: (address) => ({ zone: "DE", credentials: "electricity-maps", address }),
  via: "http",
  timezone: "Europe/Berlin",
  asks: [/^GET \/v3\/carbon-intensity\/forecast\?zone=DE\n/, '"auth-token":"the-key"'],
  now: evening,
  whole: {
    text: JSON.stringify({
      zone: "DE",
      forecast: [
        { carbonIntensity: 380, datetime: "2026-03-28T20:00:00.000Z" },
        { carbonIntensity: 410.5, datetime: "2026-03-28T21:00:00.000Z" },
      ],
      updatedAt: "2026-03-28T20:05:12.100Z",
    }),
    truths: [
      ["2026-03-28T20:10Z", 380],
      ["2026-03-28T21:59Z", 410.5],
      ["2026-03-28T22:00Z", undefined],
    ],
  },
  half: {
    text: JSON.stringify({
      zone: "DE",
      forecast: [
        { carbonIntensity: null, datetime: "2026-03-28T20:00:00.000Z" },
        { carbonIntensity: 410.5, datetime: "2026-03-28T21:00:00.000Z" },
      ],
    }),
    truths: [
      ["2026-03-28T20:10Z", undefined],
      ["2026-03-28T21:10Z", 410.5],
    ],
  },
  clockChange: {
    text: JSON.stringify({
      zone: "DE",
      forecast: [
        { carbonIntensity: 100, datetime: "2026-03-29T00:00:00.000Z" },
        { carbonIntensity: 110, datetime: "2026-03-29T01:00:00.000Z" },
      ],
    }),
    truths: [
      ["2026-03-29T01:30+01:00", 100],
      ["2026-03-29T03:30+02:00", 110],
    ],
  },
};

const openMeteoAnswer = (first: string, temperatures: readonly (number | null)[]) => {
  const time = hours(first, temperatures.length).map((ms) => ms / 1000);
  return JSON.stringify({
    latitude: 52.52,
    longitude: 13.42,
    utc_offset_seconds: 0,
    timezone: "GMT",
    hourly_units: { time: "unixtime", temperature_2m: "°C", shortwave_radiation: "W/m²" },
    hourly: {
      time,
      temperature_2m: temperatures,
      shortwave_radiation: temperatures.map((_, index) => 100 * index),
      direct_normal_irradiance: temperatures.map((_, index) => 50 * index),
      diffuse_radiation: temperatures.map((_, index) => 60 * index),
    },
  });
};
const weather = (outdoorC: number, hour: number): Weather => ({
  outdoorC,
  globalWm2: 100 * hour,
  directNormalWm2: 50 * hour,
  diffuseWm2: 60 * hour,
});

const openMeteoBench: FeedBench<Weather> = {
  title: "open-meteo",
  definition: openMeteo,
  kind: weatherKind,
  config: (address) => ({ latitude: 52.52, longitude: 13.41, address }),
  via: "http",
  timezone: "Europe/Berlin",
  asks: ["GET /v1/forecast?latitude=52.52&longitude=13.41&hourly=temperature_2m,shortwave_radiation"],
  now: evening,
  whole: {
    text: openMeteoAnswer("2026-03-28T20:00Z", [4, 2, -1]),
    truths: [
      ["2026-03-28T20:10Z", weather(3, 1)],
      ["2026-03-28T21:59Z", weather(0.5, 2)],
      ["2026-03-28T22:00Z", undefined],
    ],
  },
  half: {
    text: openMeteoAnswer("2026-03-28T20:00Z", [4, 2, null, 1, 3]),
    truths: [
      ["2026-03-28T20:10Z", weather(3, 1)],
      ["2026-03-28T21:10Z", undefined],
      ["2026-03-28T23:10Z", weather(2, 4)],
    ],
  },
  clockChange: {
    text: openMeteoAnswer("2026-03-29T00:00Z", [1, 3, 5]),
    truths: [
      ["2026-03-29T01:30+01:00", weather(2, 1)],
      ["2026-03-29T03:30+02:00", weather(4, 2)],
    ],
  },
};

export const priceBenches = [awattarBench, octopusBench, tibberBench, entsoeBench, csvPricesBench];
export const carbonBenches = [ukCarbonBench, electricityMapsBench, csvCarbonBench];
export const weatherBenches = [openMeteoBench];
