import { HearthworkError } from "../../domain/index.ts";
import { meanOf, skyInfraredOf, type WeatherPlace, type WeatherYear } from "./weatherYear.ts";

const maxLength = 8 * 1024 * 1024;
const headerLines = 8;

/** Columns of a data line and the values that are told, by the EnergyPlus format's own table. */
const columns = {
  outdoorC: { index: 6, name: "dry-bulb temperature", min: -70, max: 70 },
  dewPointC: { index: 7, name: "dew point", min: -90, max: 70 },
  relativeHumidity: { index: 8, name: "relative humidity", min: 0, max: 110 },
  skyInfrared: { index: 12, name: "horizontal infrared radiation", min: 0, max: 9998 },
  directNormal: { index: 14, name: "direct normal radiation", min: 0, max: 1500 },
  diffuseHorizontal: { index: 15, name: "diffuse horizontal radiation", min: 0, max: 1500 },
  windMs: { index: 21, name: "wind speed", min: 0, max: 150 },
  opaqueTenths: { index: 23, name: "opaque sky cover", min: 0, max: 10 },
} as const;
type Column = keyof typeof columns;
/** Where a column is missing, the model does without it. */
const optional: Partial<Record<Column, number>> = {
  dewPointC: Number.NaN,
  relativeHumidity: 60,
  skyInfrared: Number.NaN,
  windMs: 3,
  opaqueTenths: 5,
};

/**
 * A weather file in EnergyPlus' EPW format.
 * @throws {HearthworkError} `weather/not-epw`, which names the line, unless it is a whole year of hours with
 * temperature and solar radiation.
 */
export function parseEpw(text: string): WeatherYear {
  if (text.length > maxLength) throw notEpw(1, `it is longer than ${maxLength / 1024 / 1024} MiB`);
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const place = parsePlace(lines[0]);
  const hours = lines.length - headerLines;
  if (hours !== 8760 && hours !== 8784) {
    throw notEpw(lines.length, `it has ${Math.max(0, hours)} hours; a year has 8760 or 8784`);
  }
  const series = Object.fromEntries(
    Object.keys(columns).map((name) => [name, new Float64Array(hours)]),
  ) as Record<Column, Float64Array>;
  for (let hour = 0; hour < hours; hour++) readHour(series, hour, lines[headerLines + hour] ?? "");
  const { outdoorC, dewPointC, skyInfrared, opaqueTenths } = series;
  for (let hour = 0; hour < hours; hour++) {
    if ((skyInfrared[hour] ?? 0) > 0) continue;
    const outdoor = outdoorC[hour] ?? 0;
    const dew = dewPointC[hour] ?? Number.NaN;
    skyInfrared[hour] = skyInfraredOf(
      outdoor,
      Number.isNaN(dew) ? outdoor - 5 : dew,
      opaqueTenths[hour] ?? 5,
    );
  }
  return {
    place,
    hours,
    outdoorC,
    skyInfrared,
    relativeHumidity: series.relativeHumidity.map((percent) => Math.min(1, percent / 100)),
    windMs: series.windMs,
    directNormal: series.directNormal,
    diffuseHorizontal: series.diffuseHorizontal,
    groundC: parseGround(lines[3]) ?? Array.from({ length: 12 }, () => meanOf(outdoorC)),
  };
}

function readHour(series: Record<Column, Float64Array>, hour: number, line: string): void {
  const cells = line.split(",");
  const at = headerLines + hour + 1;
  for (const name of Object.keys(columns) as Column[]) {
    const { index, min, max, name: words } = columns[name];
    const cell = cells[index]?.trim() ?? "";
    const value = cell === "" ? Number.NaN : Number(cell);
    const fits = value >= min && value <= max;
    const otherwise = optional[name];
    if (!fits && otherwise === undefined) {
      throw notEpw(at, `its ${words} is "${cell.slice(0, 20)}", not ${min} to ${max}`);
    }
    series[name][hour] = fits ? value : (otherwise ?? Number.NaN);
  }
}

function parsePlace(line = ""): WeatherPlace {
  const cells = line.split(",").map((cell) => cell.trim());
  if (cells[0]?.replace(/^\uFEFF/, "").toUpperCase() !== "LOCATION") {
    throw notEpw(1, "it does not begin with LOCATION");
  }
  const number = (index: number, name: string, most: number) => {
    const value = Number(cells[index] || Number.NaN);
    if (Math.abs(value) <= most) return value;
    throw notEpw(1, `its ${name} is "${(cells[index] ?? "").slice(0, 20)}"`);
  };
  return {
    name: [cells[1], cells[2], cells[3]].filter(Boolean).join(", ").slice(0, 120),
    latitude: number(6, "latitude", 90),
    longitude: number(7, "longitude", 180),
    hoursFromUtc: number(8, "time zone", 14),
    altitudeM: number(9, "altitude", 9000),
  };
}

/** Of the depths that the file gives, the one nearest to that of a floor slab's heat path. */
function parseGround(line = ""): readonly number[] | undefined {
  const cells = line.split(",");
  if (cells[0]?.trim().toUpperCase() !== "GROUND TEMPERATURES") return undefined;
  const count = Math.min(10, Number(cells[1] ?? 0));
  const depths = Array.from({ length: Number.isInteger(count) ? Math.max(0, count) : 0 }, (_, index) => {
    const start = 2 + index * 16;
    return {
      depthM: Number(cells[start]),
      monthly: cells
        .slice(start + 4, start + 16)
        .map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell))),
    };
  });
  const whole = depths.filter(({ monthly }) => monthly.length === 12 && monthly.every(Number.isFinite));
  return whole.toSorted((one, other) => Math.abs(one.depthM - 2) - Math.abs(other.depthM - 2))[0]?.monthly;
}

const notEpw = (line: number, why: string) =>
  new HearthworkError({
    code: "weather/not-epw",
    message: `line ${line} of the weather file: ${why}; bring a file in EnergyPlus' EPW format with a whole year of hours`,
    data: { line },
  });
