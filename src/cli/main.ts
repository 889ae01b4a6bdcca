import { Command, CommanderError } from "commander";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { addCredentialsCommand } from "./credentials.ts";
import { addDemoCommand } from "./demo.ts";
import { addHearthCommand } from "./hearth.ts";
import { addMineCommand } from "./mine.ts";
import { addPoolCommand } from "./pool.ts";
import { packageVersion } from "./packageVersion.ts";

/** Runs the command line; sets the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("hearthwork")
    .description("Turns a call for heat into paid computation.")
    .version(packageVersion())
    .showHelpAfterError("(hearthwork COMMAND --help tells more)")
    .exitOverride()
    .enablePositionalOptions();
  for (const add of [addDemoCommand, addHearthCommand, addPoolCommand, addMineCommand, addCredentialsCommand])
    add(program);
  for (const command of program.commands) command.exitOverride().showHelpAfterError();

  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    process.exitCode = reportFailure(thrown);
  }
}

function reportFailure(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  process.stderr.write(`hearthwork: ${messageOf(thrown)}\n`);
  if (!(thrown instanceof HearthworkError) && thrown instanceof Error && process.env["HEARTHWORK_DEBUG"]) {
    process.stderr.write(`${thrown.stack ?? ""}\n`);
  }
  return 1;
}
