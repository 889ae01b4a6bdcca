import type { Command } from "commander";
import { studyTrust, trustTable } from "../lab/index.ts";
import { wholeNumber } from "./siteOptions.ts";
import { print, type StudyOutput, withOutput } from "./studyOutput.ts";

interface TrustOptions extends StudyOutput {
  readonly providers: number;
  readonly tasks: number;
  readonly seed: number;
}

/** `hearthwork study trust`. */
export function addStudyTrustCommand(study: Command): void {
  withOutput(
    study
      .command("trust")
      .description("How many wrong results an exchange would let stand, and what checking costs.")
      .option("--providers <n>", "how many", wholeNumber(10, 1000), 100)
      .option("--tasks <n>", "that each of them does", wholeNumber(10, 10_000), 1000)
      .option("--seed <n>", "of chance", wholeNumber(0, 2 ** 32 - 1), 1),
  ).action(({ providers, tasks, seed, ...output }: TrustOptions) => {
    print(output, studyTrust({ providers, tasksEach: tasks, badShare: 0.1, seed }), trustTable);
  });
}
