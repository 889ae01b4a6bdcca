import { z } from "zod";
import { Instant, Seconds, type Span, timelineOf } from "../../../domain/index.ts";
import type { Weather } from "../../../heat/index.ts";
import { epochOf, garbage, mostFigures, readJson } from "../answers.ts";
import type { FeedDefinition } from "../definition.ts";
import { feedAddress } from "../feedAddress.ts";

const config = z.strictObject({
  latitude: z.number().min(-90).max(90).describe("Degrees, north positive"),
  longitude: z.number().min(-180).max(180).describe("Degrees, east positive"),
  address: feedAddress("https://api.open-meteo.com"),
});

const figures = (min: number, max: number) =>
  z.array(z.number().min(min).max(max).nullable()).max(mostFigures);
const answer = z.object({
  hourly: z.object({
    time: z.array(z.number()).max(mostFigures),
    temperature_2m: figures(-90, 70),
    shortwave_radiation: figures(0, 2000),
    direct_normal_irradiance: figures(0, 2000),
    diffuse_radiation: figures(0, 2000),
  }),
});

const hourMs = 3_600_000;
const asked = "temperature_2m,shortwave_radiation,direct_normal_irradiance,diffuse_radiation";

/**
 * Open-Meteo's forecast, without a key (free for non-commercial use). Its temperatures are of the moment, its radiation
 * is the mean of the hour before; each of our hours has the mean of the temperatures at both ends.
 */
export const openMeteo: FeedDefinition<Weather, z.output<typeof config>> = {
  name: "open-meteo",
  summary: "Open-Meteo: temperature and sun of the next seven days",
  config,
  every: Seconds(3600),
  question({ latitude, longitude, address }) {
    const place = `latitude=${latitude}&longitude=${longitude}`;
    const span = "forecast_days=7&past_days=1&timeformat=unixtime&timezone=GMT";
    return { kind: "http", address, request: { path: `/v1/forecast?${place}&hourly=${asked}&${span}` } };
  },
  read(text) {
    const { hourly } = readJson(text, answer);
    const { time } = hourly;
    if (Object.values(hourly).some(({ length }) => length !== time.length))
      throw garbage("its columns differ in length");
    const spans = time.slice(1).flatMap((end, index): Span<Weather>[] => {
      const [start = 0, until] = [time[index], end].map((seconds) => epochOf((seconds ?? 0) * 1000));
      const [before, after] = [hourly.temperature_2m[index], hourly.temperature_2m[index + 1]];
      const globalWm2 = hourly.shortwave_radiation[index + 1];
      const directNormalWm2 = hourly.direct_normal_irradiance[index + 1];
      const diffuseWm2 = hourly.diffuse_radiation[index + 1];
      if (until === undefined || until - start !== hourMs) return [];
      if (typeof before !== "number" || typeof after !== "number") return [];
      if (
        typeof globalWm2 !== "number" ||
        typeof directNormalWm2 !== "number" ||
        typeof diffuseWm2 !== "number"
      )
        return [];
      const value = { outdoorC: (before + after) / 2, globalWm2, directNormalWm2, diffuseWm2 };
      return [{ from: Instant(start), until, value }];
    });
    return timelineOf(spans);
  },
};
