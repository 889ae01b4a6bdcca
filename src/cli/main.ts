import { Command, CommanderError } from "commander";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { addAlarmCommand } from "./alarm.ts";
import { addCredentialsCommand } from "./credentials.ts";
import { addDeviceCommand } from "./device.ts";
import { addDemoCommand } from "./demo.ts";
import { addHearthCommand } from "./hearth.ts";
import { addMineCommand } from "./mine.ts";
import { addPoolCommand } from "./pool.ts";
import { packageVersion } from "./packageVersion.ts";
import { addPasswordCommand } from "./password.ts";
import { addStatusCommand } from "./status.ts";
import { addStudyCommand } from "./study.ts";
import { addTokenCommand } from "./token.ts";

const commands = [
  addDemoCommand,
  addHearthCommand,
  addStatusCommand,
  addDeviceCommand,
  addPasswordCommand,
  addTokenCommand,
  addCredentialsCommand,
  addAlarmCommand,
  addPoolCommand,
  addMineCommand,
  addStudyCommand,
];

/** Runs the command line; sets the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("hearthwork")
    .description("Turns a call for heat into paid computation.")
    .version(packageVersion())
    .showHelpAfterError("(hearthwork COMMAND --help tells more)")
    .exitOverride()
    .enablePositionalOptions();
  for (const add of commands) add(program);
  for (const command of program.commands) strict(command);

  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    process.exitCode = reportFailure(thrown);
  }
}

/** Wrong usage of a command, or of one below it, is told with its help and is ours to exit for. */
function strict(command: Command): void {
  command.exitOverride().showHelpAfterError();
  for (const below of command.commands) strict(below);
}

function reportFailure(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  process.stderr.write(`hearthwork: ${messageOf(thrown)}\n`);
  if (!(thrown instanceof HearthworkError) && thrown instanceof Error && process.env["HEARTHWORK_DEBUG"]) {
    process.stderr.write(`${thrown.stack ?? ""}\n`);
  }
  return 1;
}
