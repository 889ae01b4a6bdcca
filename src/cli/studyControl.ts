import { type Command, InvalidArgumentError } from "commander";
import { controlPage, controlTable, studyControl } from "../lab/index.ts";
import { openSolver } from "../solver/index.ts";
import { writeText } from "./studyFiles.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";
import { type WeatherOptions, weatherOf, withWeather } from "./studyWeather.ts";

interface ControlOptions extends StudyOutput, WeatherOptions {
  readonly days: number;
  readonly seeds: number;
  readonly html?: string;
}

const defaultClimate = "berlin";

/** `hearthwork study control`. */
export function addStudyControlCommand(study: Command): void {
  withOutput(
    withWeather(
      study
        .command("control")
        .description("The planner against the plain thermostat in the same home, in a closed loop."),
    )
      .option("--days <number>", "of winter, 1 to 28", within(28), 14)
      .option("--seeds <number>", "of sensor noise and forecast error, 1 to 50", within(50), 5)
      .option("--html <file>", "also write one page with plots"),
  )
    .addHelpText("after", `\nWithout --weather or --climate: ${defaultClimate}.`)
    .action(async (options: ControlOptions) => {
      const { weather, climate, seed } = options;
      const isOpen = weather === undefined && climate === undefined;
      const solver = openSolver();
      try {
        const studied = await studyControl({
          weather: weatherOf(isOpen ? { seed, climate: defaultClimate } : options),
          days: options.days,
          seeds: Array.from({ length: options.seeds }, (_, index) => index + 1),
          solve: solver.solve,
          onProgress: (words) => process.stderr.write(`${words}\n`),
        });
        if (options.html !== undefined) writeText(options.html, controlPage(studied));
        print(options, studied.report, controlTable);
      } finally {
        await solver.close();
      }
    });
}

const within = (most: number) => (text: string) => {
  const value = Number(text);
  if (/^\d{1,2}$/.test(text) && value >= 1 && value <= most) return value;
  throw new InvalidArgumentError(`give a whole number from 1 to ${most}`);
};
