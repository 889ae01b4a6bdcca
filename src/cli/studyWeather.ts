import { readdirSync } from "node:fs";
import type { Command } from "commander";
import { HearthworkError } from "../domain/index.ts";
import { parseYaml } from "../hearth/index.ts";
import { climateSchema, parseEpw, syntheticYear, type WeatherYear } from "../heat/index.ts";
import { packagePath } from "./packageFiles.ts";
import { readText } from "./studyFiles.ts";

const climatesFolder = packagePath("data/climates/");

export interface WeatherOptions {
  readonly weather?: string;
  readonly climate?: string;
  readonly seed: string;
}

/** Gives a study its weather: a file, or a year made from a climate's monthly normals. */
export const withWeather = (command: Command): Command =>
  command
    .option("--weather <file>", "a year of hours, as an EPW file")
    .option(
      "--climate <name>",
      `instead of a file: a year made from the monthly normals of ${climateNames().join(", ")}`,
    )
    .option(
      "--seed <number>",
      "of chance: which of the years that the normals allow, and what else is unsure",
      "1",
    );

/** @throws {HearthworkError} `study/no-weather`, `study/no-climate`, `study/bad-seed`, or what the file's reader throws. */
export function weatherOf({ weather, climate, ...options }: WeatherOptions): WeatherYear {
  if ((weather === undefined) === (climate === undefined)) {
    throw new HearthworkError({
      code: "study/no-weather",
      message: "give the weather either by --weather FILE or by --climate NAME",
    });
  }
  return weather === undefined ? climateYear(climate ?? "", seedOf(options)) : readWeather(weather);
}

export const readWeather = (file: string): WeatherYear => parseEpw(readText(file));

/** @throws {HearthworkError} `study/bad-seed`. */
export function seedOf({ seed }: Pick<WeatherOptions, "seed">): number {
  if (/^\d{1,9}$/.test(seed)) return Number(seed);
  throw new HearthworkError({
    code: "study/bad-seed",
    message: `"${seed}" is no seed; give a whole number of at most nine digits`,
  });
}

function climateYear(name: string, seed: number): WeatherYear {
  const names = climateNames();
  if (!names.includes(name)) {
    throw new HearthworkError({
      code: "study/no-climate",
      message: `there is no climate "${name}"; there are ${names.join(", ")}`,
      data: { climate: name },
    });
  }
  const file = `${climatesFolder}${name}.yaml`;
  return syntheticYear(parseYaml(readText(file), file, climateSchema), seed);
}

const climateNames = (): readonly string[] =>
  readdirSync(climatesFolder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""))
    .toSorted();
