import type { Command } from "commander";
import { parseYaml } from "../hearth/index.ts";
import type { WeatherYear } from "../heat/index.ts";
import type { HomeReport } from "../energy/index.ts";
import { homeFileSchema, homePage, homeTable, studyHome } from "../lab/index.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";
import { readText, writeText } from "./studyFiles.ts";
import { type WeatherOptions, weatherOf, withWeather } from "./studyWeather.ts";

interface HomeOptions extends StudyOutput, WeatherOptions {
  readonly html?: string;
  readonly preview?: true;
}

/** `hearthwork study home`. */
export function addStudyHomeCommand(study: Command): void {
  withOutput(
    withWeather(
      study
        .command("home")
        .argument("<file>", "the home and its money, as YAML (docs/guide/study-home.md)")
        .description(
          "What a compute heater would do in a home, beside a heat pump, a boiler and electric heaters.",
        ),
    )
      .option("--html <file>", "also write one page with plots")
      .option("--preview", "only twelve typical days that stand for the year"),
  ).action((file: string, options: HomeOptions) => {
    const report = studyFile(file, weatherOf(options), options.preview ?? false);
    if (options.html !== undefined) writeText(options.html, homePage(report));
    print(options, report, homeTable);
  });
}

function studyFile(file: string, weather: WeatherYear, isPreview: boolean): HomeReport {
  const { money, ...home } = parseYaml(readText(file), file, homeFileSchema);
  const say = (words: string) => process.stderr.write(`${words}\n`);
  const preview = studyHome({ home, money }, weather, "typical days");
  if (isPreview) return preview;
  say(`From twelve typical days: ${preview.verdict}`);
  return studyHome({ home, money }, weather, "whole year", (system, index, count) =>
    say(`Whole year, ${index + 1} of ${count}: ${system}`),
  );
}
