import { z } from "zod";
import { type Micros, Seconds, type Timeline } from "../../../domain/index.ts";
import { credentialsName, credentialsNamed } from "../../credentials.ts";
import { garbage, instantOf, priceOf, readJson, refused } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";
import { stepOf, untilNext } from "../spansTo.ts";

const config = z.strictObject({
  credentials: credentialsName.describe("The name under which the access token was entered as a password"),
  home: z.int().min(1).max(20).default(1).describe("Which of the account's homes"),
  address: feedAddress("https://api.tibber.com"),
});

const prices = z
  .array(z.object({ total: z.number(), startsAt: z.string(), currency: z.string() }))
  .max(200)
  .nullish();
const answer = z.object({
  errors: z.array(z.object({ message: z.string() })).nullish(),
  data: z
    .object({
      viewer: z.object({
        homes: z
          .array(
            z.object({
              currentSubscription: z
                .object({ priceInfo: z.object({ today: prices, tomorrow: prices }).nullish() })
                .nullish(),
            }),
          )
          .max(50),
      }),
    })
    .nullish(),
});

const query =
  "{viewer{homes{currentSubscription{priceInfo(resolution:QUARTER_HOURLY){" +
  "today{total startsAt currency}tomorrow{total startsAt currency}}}}}}";
const hourMs = 3_600_000;

/** Tibber's prices of a home, with the account's token: all taxes and fees included. */
export const tibber: FeedDefinition<Micros, z.output<typeof config>> = {
  name: "tibber",
  summary: "Tibber: quarter-hourly prices of your home, with an access token",
  config,
  every: Seconds(3600),
  question({ credentials, address }, _moment, lookup) {
    const token = credentialsNamed(lookup, credentials).password;
    return {
      kind: "http",
      address,
      request: {
        method: "POST",
        path: "/v1-beta/gql",
        headers: { authorization: `Bearer ${token}` },
        body: { query },
        secrets: [token],
      },
    };
  },
  read(text, { home }, { currency }): Timeline<Micros> {
    const { errors, data } = readJson(text, answer);
    if (errors?.[0]) throw refused(errors[0].message);
    const homes = data?.viewer.homes ?? [];
    const info = homes[home - 1]?.currentSubscription?.priceInfo;
    if (!info) throw refused(`no prices of home ${home}; the account has ${homes.length}`);
    const all = [...(info.today ?? []), ...(info.tomorrow ?? [])];
    const other = all.find((price) => price.currency !== currency);
    if (other)
      throw garbage(`its prices are in ${other.currency.slice(0, 3)}, and the tariff's are in ${currency}`);
    const starts = all.map(({ total, startsAt }) => ({
      from: instantOf(startsAt),
      value: priceOf(total, 1_000_000),
    }));
    return untilNext(
      starts,
      stepOf(
        starts.map(({ from }) => from),
        hourMs,
      ),
    );
  },
};
