import type { Command } from "commander";
import { parseYaml } from "../hearth/index.ts";
import type { WeatherYear } from "../heat/index.ts";
import type { HomeReport } from "../energy/index.ts";
import { homeFileSchema, homePage, type HomeProgress, homeTable, studyHome } from "../lab/index.ts";
import { openSolver } from "../solver/index.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";
import { readText, writeText } from "./studyFiles.ts";
import { seedOf, type WeatherOptions, weatherOf, withWeather } from "./studyWeather.ts";

interface HomeOptions extends StudyOutput, WeatherOptions {
  readonly html?: string;
  readonly preview?: boolean;
  /** False with `--no-planner`. */
  readonly planner: boolean;
  readonly perfectForesight?: boolean;
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
      .option("--preview", "only twelve typical days that stand for the year, on the plain thermostat")
      .option(
        "--perfect-foresight",
        "plans know weather and hot water in advance, to see what forecasts cost",
      )
      .option("--no-planner", "the plain thermostat alone: seconds instead of minutes"),
  ).action(async (file: string, options: HomeOptions) => {
    const report = await studyFile(file, weatherOf(options), options);
    if (options.html !== undefined) writeText(options.html, homePage(report));
    print(options, report, homeTable);
  });
}

/** One for each core that the study is meant for. */
const solverCount = 2;

async function studyFile(path: string, weather: WeatherYear, options: HomeOptions): Promise<HomeReport> {
  const { preview: isPreview = false, planner: hasPlanner, perfectForesight: isPerfect = false } = options;
  const { money, ...home } = parseYaml(readText(path), path, homeFileSchema);
  const study = { file: { home, money }, weather, seed: seedOf(options) };
  const say = (words: string) => process.stderr.write(`${words}\n`);
  const preview = await studyHome({ ...study, extent: "typical days" });
  if (isPreview) return preview;
  say(`From twelve typical days on the plain thermostat: ${preview.verdict}`);
  const solvers = hasPlanner ? Array.from({ length: solverCount }, () => openSolver()) : [];
  try {
    return await studyHome({
      ...study,
      foreknowledge: isPerfect ? "perfect" : "forecast",
      extent: "whole year",
      solvers: solvers.map(({ solve }) => solve),
      onProgress: sayProgress(say),
    });
  } finally {
    await Promise.all(solvers.map((solver) => solver.close()));
  }
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** A line for each way to heat, and one for each of its months that are planned. */
function sayProgress(say: (words: string) => void): (progress: HomeProgress) => void {
  const said = new Set<string>();
  return ({ system, isPlanned, month, share }) => {
    const words = `${system}, ${isPlanned ? `planned, ${months[month] ?? ""}` : "plain thermostat"}`;
    if (said.has(words)) return;
    said.add(words);
    say(`${String(Math.round(share * 100)).padStart(3)} %: ${words}`);
  };
}
