import { z } from "zod";
import { Seconds } from "../../../domain/index.ts";
import { credentialsName, credentialsNamed } from "../../credentials.ts";
import { gramsOf, instantOf, mostFigures, readJson } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";
import { stepOf, untilNext } from "../spansTo.ts";

const config = z.strictObject({
  zone: z
    .string()
    .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,12}){0,3}$/, "write it like DE or US-CAL-CISO")
    .describe("The zone's key, like DE or US-CAL-CISO"),
  credentials: credentialsName.describe("The name under which the API key was entered as a password"),
  figures: z
    .enum(["forecast", "latest"])
    .default("forecast")
    .describe("What the key may ask for: hours ahead, or only the latest hour"),
  address: feedAddress("https://api.electricitymaps.com"),
});

const figure = z.object({ carbonIntensity: z.number().nullable(), datetime: z.string() });
const forecast = z
  .object({ forecast: z.array(figure).max(mostFigures) })
  .transform((whole) => whole.forecast);
const latest = figure.transform((one) => [one]);

const hourMs = 3_600_000;

/** Electricity Maps: life-cycle carbon intensity of a zone, with a key. */
export const electricityMaps: FeedDefinition<number, z.output<typeof config>> = {
  name: "electricity-maps",
  summary: "Electricity Maps: carbon intensity of a zone, with an API key",
  config,
  every: Seconds(1800),
  question({ zone, credentials, figures, address }, _moment, lookup) {
    const token = credentialsNamed(lookup, credentials).password;
    return {
      kind: "http",
      address,
      request: {
        path: `/v3/carbon-intensity/${figures}?zone=${zone}`,
        headers: { "auth-token": token },
        secrets: [token],
      },
    };
  },
  read(text, { figures }) {
    const rows = figures === "latest" ? readJson(text, latest) : readJson(text, forecast);
    const starts = rows.flatMap(({ carbonIntensity, datetime }) =>
      carbonIntensity === null ? [] : [{ from: instantOf(datetime), value: gramsOf(carbonIntensity) }],
    );
    return untilNext(
      starts,
      stepOf(
        starts.map(({ from }) => from),
        hourMs,
      ),
    );
  },
};
