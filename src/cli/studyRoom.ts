import type { Command } from "commander";
import { HearthworkError, Instant } from "../domain/index.ts";
import { type SiteConfig, siteConfigSchema } from "../hearth/index.ts";
import type { ApiClient } from "../client/index.ts";
import { type RoomHistory, type RoomReport, studyRoom } from "../lab/index.ts";
import { configRoutes, siteRoutes } from "../wire/index.ts";
import { addHearthOptions, hearthOf, type HearthOptions } from "./askHearth.ts";
import { say, wholeNumber } from "./siteOptions.ts";

interface RoomOptions extends HearthOptions {
  readonly days: number;
}

const stepMs = 300_000;
const dayMs = 86_400_000;
/** So few that the hearth gives means of five minutes at least. */
const daysAtOnce = 6;

/** `hearthwork study room SINK`. */
export function addStudyRoomCommand(study: Command): void {
  addHearthOptions(study.command("room").argument("<sink>", "a room's id in hearth.yaml"))
    .description("Find a room's heat capacities and losses in what the hearth recorded of it.")
    .option("--days <number>", "how far back to look", wholeNumber(3, 365), 28)
    .addHelpText("after", "\nIt needs the outdoor temperature: a weather feed (docs/guide/feeds.md).")
    .action(async (sink: string, options: RoomOptions) => {
      const hearth = hearthOf(options);
      const config = await configOf(hearth);
      const rooms = config.sinks.filter(({ kind }) => kind === "room");
      const room = rooms.find(({ id }) => id === sink);
      if (!room) {
        throw new HearthworkError({
          code: "study/no-room",
          message: `there is no room "${sink}"; there are ${rooms.map(({ id }) => id).join(", ")}`,
        });
      }
      const { now } = await hearth.call(siteRoutes.site, {});
      const history = await historyOf(hearth, config, sink, Date.parse(now), options.days);
      const report = studyRoom(sink, history, room.model);
      say(options.json, report, wordsOf(report));
    });
}

async function configOf(hearth: ApiClient): Promise<SiteConfig> {
  const { settings } = await hearth.call(configRoutes.config, {});
  const parsed = siteConfigSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new HearthworkError({
    code: "study/no-config",
    message: "hearth.yaml there is not valid; hearthwork hearth --check says why",
  });
}

async function historyOf(
  hearth: ApiClient,
  { heaters }: SiteConfig,
  sink: string,
  now: number,
  days: number,
): Promise<RoomHistory> {
  const until = Math.floor(now / stepMs) * stepMs;
  const from = until - days * dayMs;
  const seriesOf = async (id: string) => {
    const whole = { times: [] as number[], values: [] as (number | null)[] };
    for (let start = from; start < until; start += daysAtOnce * dayMs) {
      const end = Math.min(until, start + daysAtOnce * dayMs);
      const { series } = await hearth.call(siteRoutes.history, {
        querystring: { series: id, from: new Date(start).toISOString(), to: new Date(end).toISOString() },
      });
      for (const { times, values } of series) {
        whole.times.push(...times);
        whole.values.push(...values);
      }
    }
    return whole;
  };
  const warming = heaters.filter(({ ours }) => ours.sink === sink);
  const temperature = await seriesOf(`sink/${sink}/temperature`);
  const first = temperature.times[0];
  const powers = [];
  for (const { ours } of warming) {
    powers.push({ power: await seriesOf(`heater/${ours.id}/power`), heatShare: ours.heatShare });
  }
  return {
    from: Instant(first === undefined ? from : Math.max(from, Math.floor((first * 1000) / stepMs) * stepMs)),
    until: Instant(until),
    temperature,
    heaters: powers,
    outdoor: await seriesOf("site/outdoor/temperature"),
    irradiance: await seriesOf("site/outdoor/irradiance"),
  };
}

const figureNames = [
  ["lossWattsPerKelvin", "loss", "W/K", 1],
  ["slowHours", "keeps its heat for", "h", 1],
  ["fastHours", "air follows within", "h", 1],
  ["airJoulesPerKelvin", "air holds", "kJ/K", 1000],
  ["fabricJoulesPerKelvin", "fabric holds", "kJ/K", 1000],
  ["airToOutsideWattsPerKelvin", "air to outside", "W/K", 1],
  ["fabricToOutsideWattsPerKelvin", "fabric to outside", "W/K", 1],
  ["airToFabricWattsPerKelvin", "air to fabric", "W/K", 1],
] as const;

function wordsOf({
  sink,
  days,
  outcome,
  why,
  configured,
  figures,
  foresight,
  identified,
}: RoomReport): string {
  const short = (value: number | undefined) =>
    value === undefined ? "" : String(Number(value.toPrecision(3)));
  const known: Readonly<Record<string, number | undefined>> = { ...configured };
  const rows = figureNames.map(([key, name, unit, per]) => {
    const figure = figures?.[key];
    const configuredNow = known[key];
    return [
      `  ${name}, ${unit}`.padEnd(28),
      short(figure && figure.value / per).padStart(9),
      (figure ? `${short(figure.low / per)} to ${short(figure.high / per)}` : "").padStart(20),
      short(configuredNow === undefined ? undefined : configuredNow / per).padStart(12),
    ].join("");
  });
  return [
    `${sink}, ${days} days: ${outcome === "found" ? "found" : `refused: ${why ?? ""}`}`,
    ...(figures
      ? [
          `${"".padEnd(28)}${"found".padStart(9)}${"with 95 %".padStart(20)}${"configured".padStart(12)}`,
          ...rows,
        ]
      : []),
    ...(foresight
      ? [
          `  ${foresight.hoursAhead} h ahead it is off by ${foresight.foundK.toFixed(2)} K; with the configured figures by ${foresight.configuredK.toFixed(2)} K`,
        ]
      : []),
    ...(identified
      ? [
          "To use them, write under the room's model in hearth.yaml:",
          "  identified:",
          ...Object.entries(identified).map(([key, value]) => `    ${key}: ${value}`),
        ]
      : []),
  ].join("\n");
}
