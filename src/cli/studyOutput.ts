import type { Command } from "commander";
import { writeText } from "./studyFiles.ts";

export interface StudyOutput {
  readonly json?: true;
  readonly jsonFile?: string;
}

export const withOutput = (command: Command): Command =>
  command
    .option("--json", "print the result as JSON")
    .option("--json-file <file>", "also write the result to a file, as JSON");

/** Prints a study's result as a table for people, or as JSON. */
export function print<Report>(
  { json, jsonFile }: StudyOutput,
  report: Report,
  words: (report: Report) => string,
): void {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (jsonFile !== undefined) writeText(jsonFile, text);
  process.stdout.write(json ? text : `${words(report)}\n`);
}
