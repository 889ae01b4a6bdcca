import { readdirSync } from "node:fs";
import { type Command, Option } from "commander";
import { parseYaml } from "../hearth/index.ts";
import { type Building, buildingSchema, type ZoneSummary } from "../heat/index.ts";
import {
  type BestestReport,
  type BuildingModel,
  type BuildingReport,
  buildingModels,
  hourlyCsv,
  parseBestestReference,
  studyBestest,
  studyBuilding,
} from "../lab/index.ts";
import { packagePath } from "./packageFiles.ts";
import { readText, writeText } from "./studyFiles.ts";
import { addStudyControlCommand } from "./studyControl.ts";
import { addStudyHomeCommand } from "./studyHome.ts";
import { addStudyNetworkCommand } from "./studyNetwork.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";
import { addStudyRoomCommand } from "./studyRoom.ts";
import { addStudyTrustCommand } from "./studyTrust.ts";
import { readWeather, type WeatherOptions, weatherOf, withWeather } from "./studyWeather.ts";

const casesFolder = packagePath("data/bestest/");

interface BestestOptions extends StudyOutput {
  readonly weather: string;
  readonly reference: string;
}

interface BuildingOptions extends StudyOutput, WeatherOptions {
  readonly model: BuildingModel;
  readonly hourly?: string;
}

/** `hearthwork study NAME`. */
export function addStudyCommand(program: Command): void {
  const study = program
    .command("study")
    .description("Work out what heat does, and what an exchange would, before anything is bought or built.");
  withOutput(
    study
      .command("bestest")
      .description("Check the building physics against ASHRAE Standard 140's cases.")
      .requiredOption("--weather <file>", "the standard's weather, an EPW file")
      .requiredOption("--reference <file>", "results of the reference programs and the limits, as CSV"),
  )
    .addHelpText("after", "\nExits 1 where a figure is outside what the standard allows.")
    .action((options: BestestOptions) => {
      const weather = readWeather(options.weather);
      const report = studyBestest(readCases(), weather, parseBestestReference(readText(options.reference)));
      print(options, report, bestestTable);
      if (!report.passed) process.exitCode = 1;
    });
  withOutput(
    withWeather(
      study
        .command("building")
        .argument("<file>", "the building, as YAML (docs/guide/buildings.md)")
        .description("Simulate a year of a building: heating, cooling, peaks, temperatures."),
    )
      .addOption(
        new Option("--model <model>", "every surface by itself, or ISO 13790's hourly method")
          .choices(buildingModels)
          .default("surfaces"),
      )
      .option("--hourly <file>", "also write every hour, as CSV"),
  ).action((file: string, options: BuildingOptions) => {
    const weather = weatherOf(options);
    const building = parseYaml(readText(file), file, buildingSchema);
    const { report, year } = studyBuilding(building, weather, options.model);
    if (options.hourly !== undefined) writeText(options.hourly, hourlyCsv(weather, year));
    print(options, report, buildingWords);
  });
  addStudyControlCommand(study);
  addStudyHomeCommand(study);
  addStudyNetworkCommand(study);
  addStudyRoomCommand(study);
  addStudyTrustCommand(study);
}

function buildingWords({ zones, ...whole }: BuildingReport): string {
  return [
    `${whole.building}, ${whole.weather} (${whole.model})`,
    ...zoneWords(whole),
    ...Object.entries(zones ?? {}).flatMap(([name, zone]) => [name, ...zoneWords(zone)]),
  ].join("\n");
}

const zoneWords = (zone: ZoneSummary): readonly string[] => [
  `  heating  ${zone.heatingMWh.toFixed(3)} MWh, peak ${zone.peakHeatingKw.toFixed(2)} kW`,
  `  cooling  ${zone.coolingMWh.toFixed(3)} MWh, peak ${zone.peakCoolingKw.toFixed(2)} kW`,
  `  air      ${zone.airMinC.toFixed(1)} to ${zone.airMaxC.toFixed(1)} °C, mean ${zone.airMeanC.toFixed(1)} °C`,
];

function bestestTable({ weather, figures, passed }: BestestReport): string {
  const pad = (cells: readonly string[]) =>
    cells.map((cell, index) => (index < 2 ? cell.padEnd([7, 24][index] ?? 0) : cell.padStart(15))).join("");
  const number = (value: number | undefined) => (value === undefined ? "" : value.toFixed(3));
  const rows = figures.map((figure) => {
    const { lowerLimit, upperLimit } = figure;
    const limits = lowerLimit === undefined ? "" : `${lowerLimit.toFixed(2)}…${upperLimit?.toFixed(2)}`;
    const mark = figure.withinPrograms ? "in range" : figure.withinLimits === false ? "FAILS" : "allowed";
    return pad([
      figure.case,
      `${figure.quantity} ${figure.unit}`,
      number(figure.value),
      number(figure.fiveR1C),
      `${figure.programsMin.toFixed(2)}…${figure.programsMax.toFixed(2)}`,
      limits,
      mark,
    ]);
  });
  const head = pad(["case", "figure", "surfaces", "5R1C", "programs", "limits", ""]);
  return [weather, head, ...rows, passed ? "All within what the standard allows." : "Some are outside."].join(
    "\n",
  );
}

function readCases(): Readonly<Record<string, Building>> {
  const files = readdirSync(casesFolder).filter((name) => name.endsWith(".yaml"));
  return Object.fromEntries(
    files.map((name) => [
      name.replace(/\.yaml$/, ""),
      parseYaml(readText(`${casesFolder}${name}`), name, buildingSchema),
    ]),
  );
}
