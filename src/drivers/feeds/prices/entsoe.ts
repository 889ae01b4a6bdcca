import { z } from "zod";
import {
  Instant,
  type Micros,
  overlaid,
  Seconds,
  type Span,
  type Timeline,
  timelineOf,
} from "../../../domain/index.ts";
import { credentialsName, credentialsNamed } from "../../credentials.ts";
import { garbage, instantOf, mostFigures, plain, priceOf, refused } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";
import { childrenOf, readXml, textAt, type XmlElement } from "../xmlElements.ts";

const config = z.strictObject({
  zone: z
    .string()
    .regex(/^[0-9A-Z][0-9A-Z-]{14}[0-9A-Z]$/, "its EIC code has 16 characters, like 10Y1001A1001A82H")
    .describe("The EIC code of the bidding zone, like 10Y1001A1001A82H for Germany and Luxembourg"),
  credentials: credentialsName.describe("The name under which the security token was entered as a password"),
  address: feedAddress("https://web-api.tp.entsoe.eu"),
});

const dayMs = 86_400_000;
const stepsMs: Readonly<Record<string, number>> = {
  PT15M: 900_000,
  PT30M: 1_800_000,
  PT60M: 3_600_000,
  PT1H: 3_600_000,
};

/** ENTSO-E's transparency platform: the day-ahead prices (A44) of every European bidding zone, as XML. */
export const entsoe: FeedDefinition<Micros, z.output<typeof config>> = {
  name: "entsoe",
  summary: "ENTSO-E transparency platform: day-ahead prices of a European bidding zone",
  config,
  every: Seconds(3600),
  question({ zone, credentials, address }, { now }, lookup) {
    const token = credentialsNamed(lookup, credentials).password;
    const hour = Math.floor(now / 3_600_000) * 3_600_000;
    const query = new URLSearchParams({
      securityToken: token,
      documentType: "A44",
      in_Domain: zone,
      out_Domain: zone,
      "contract_MarketAgreement.type": "A01",
      periodStart: shortTime(hour - dayMs),
      periodEnd: shortTime(hour + 2 * dayMs),
    });
    return {
      kind: "http",
      address,
      request: { path: `/api?${query.toString()}`, headers: { accept: "application/xml" }, secrets: [token] },
    };
  },
  read(text, _config, { currency }) {
    const document = readXml(text);
    if (document.name === "Acknowledgement_MarketDocument") {
      throw refused(textAt(document, "Reason", "text") ?? "no reason given");
    }
    if (document.name !== "Publication_MarketDocument")
      throw garbage(`a document of the kind ${plain(document.name)}`);
    const sold = childrenOf(document, "TimeSeries").filter(isDayAhead);
    const other = sold
      .map((series) => textAt(series, "currency_Unit.name"))
      .find((unit) => unit !== currency);
    if (other !== undefined)
      throw garbage(`its prices are in ${plain(other)}, and the tariff's are in ${currency}`);
    const periods = sold.flatMap((series) =>
      childrenOf(series, "Period").map((period) => ({
        stepMs: stepOf(period),
        timeline: pricesOf(series, period),
      })),
    );
    const finestLast = periods.toSorted((one, next) => next.stepMs - one.stepMs);
    return finestLast.reduce<Timeline<Micros>>((all, { timeline }) => overlaid(all, timeline), []);
  },
};

/** Where a zone has two auctions, the first is the coupled day-ahead market's. */
const isDayAhead = (series: XmlElement): boolean =>
  (textAt(series, "contract_MarketAgreement.type") ?? "A01") === "A01" &&
  (textAt(series, "classificationSequence_AttributeInstanceComponent.position") ?? "1") === "1";

function stepOf(period: XmlElement): number {
  const resolution = textAt(period, "resolution") ?? "";
  const step = stepsMs[resolution];
  if (step === undefined) throw garbage(`a resolution of ${plain(resolution)}`);
  return step;
}

/** In a curve of kind A03 a price holds until the next one that is told; in others each has its own step. */
function pricesOf(series: XmlElement, period: XmlElement): Timeline<Micros> {
  if (textAt(series, "price_Measure_Unit.name") !== "MWH") throw garbage("its prices are not per MWh");
  const stepMs = stepOf(period);
  const start = instantOf(textAt(period, "timeInterval", "start") ?? "");
  const end = instantOf(textAt(period, "timeInterval", "end") ?? "");
  const holds = textAt(series, "curveType") === "A03";
  const points = childrenOf(period, "Point");
  if (points.length > mostFigures) throw garbage("it has too many prices");
  const starts = points
    .map((point) => ({
      from: start + (numberOf(point, "position") - 1) * stepMs,
      value: priceOf(numberOf(point, "price.amount"), 1000),
    }))
    .toSorted((one, next) => one.from - next.from);
  return timelineOf(
    starts.map(({ from, value }, index): Span<Micros> => {
      const until = holds ? (starts[index + 1]?.from ?? end) : from + stepMs;
      return { from: Instant(from), until: Instant(Math.min(until, end)), value };
    }),
  );
}

function numberOf(point: XmlElement, name: string): number {
  const text = textAt(point, name) ?? "";
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  throw garbage(`a ${name} of "${plain(text)}"`);
}

/** As their query has it: 202611260900, in UTC. */
const shortTime = (ms: number) => new Date(ms).toISOString().replace(/[-:T]/g, "").slice(0, 12);
