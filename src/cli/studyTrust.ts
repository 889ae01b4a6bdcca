import type { Command } from "commander";
import { studyTrust, trustPage, trustTable } from "../lab/index.ts";
import { wholeNumber } from "./siteOptions.ts";
import { writeText } from "./studyFiles.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";

interface TrustOptions extends StudyOutput {
  readonly providers: number;
  readonly tasks: number;
  readonly repeats: number;
  readonly seed: number;
  readonly html?: string;
}

/** `hearthwork study trust`. */
export function addStudyTrustCommand(study: Command): void {
  withOutput(
    study
      .command("trust")
      .description("How many wrong results an exchange would let stand, and what checking costs.")
      .option("--providers <n>", "how many", wholeNumber(10, 1000), 100)
      .option("--tasks <n>", "that each of them does", wholeNumber(10, 10_000), 1000)
      .option("--repeats <n>", "networks, of which every figure is the mean", wholeNumber(1, 100), 3)
      .option("--seed <n>", "of chance", wholeNumber(0, 2 ** 32 - 1), 1)
      .option("--html <file>", "also write one page with a plot"),
  ).action(({ providers, tasks, repeats, seed, html, ...output }: TrustOptions) => {
    const report = studyTrust({ providers, tasksEach: tasks, badShare: 0.1, repeats, seed });
    if (html !== undefined) writeText(html, trustPage(report));
    print(output, report, trustTable);
  });
}
