import { type Command, CommanderError } from "commander";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { packageVersion } from "./packageFiles.ts";
import { StrictCommand } from "./strictCommand.ts";

/** Each command by its name. Only what is asked for is loaded, so that a small command answers at once. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  demo: async () => (await import("./demo.ts")).addDemoCommand,
  hearth: async () => (await import("./hearth.ts")).addHearthCommand,
  status: async () => (await import("./status.ts")).addStatusCommand,
  device: async () => (await import("./device.ts")).addDeviceCommand,
  password: async () => (await import("./password.ts")).addPasswordCommand,
  token: async () => (await import("./token.ts")).addTokenCommand,
  credentials: async () => (await import("./credentials.ts")).addCredentialsCommand,
  alarm: async () => (await import("./alarm.ts")).addAlarmCommand,
  pool: async () => (await import("./pool.ts")).addPoolCommand,
  exchange: async () => (await import("./exchange.ts")).addExchangeCommand,
  provider: async () => (await import("./provider.ts")).addProviderCommand,
  account: async () => (await import("./account.ts")).addAccountCommand,
  audit: async () => (await import("./audit.ts")).addAuditCommand,
  consumer: async () => (await import("./consumer.ts")).addConsumerCommand,
  job: async () => (await import("./job.ts")).addJobCommand,
  receipt: async () => (await import("./receipt.ts")).addReceiptCommand,
  mine: async () => (await import("./mine.ts")).addMineCommand,
  study: async () => (await import("./study.ts")).addStudyCommand,
};

/** Runs the command line; sets the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new StrictCommand("hearthwork")
    .description("Turns a call for heat into paid computation.")
    .version(packageVersion())
    .enablePositionalOptions();
  for (const load of loadersFor(argv[0])) (await load())(program);

  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    process.exitCode = reportFailure(thrown);
  }
}

/** All of them where the first word is none, such as for help. */
function loadersFor(word = ""): (typeof commands)[string][] {
  if (["-V", "--version"].includes(word)) return [];
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined;
  return load ? [load] : Object.values(commands);
}

function reportFailure(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  process.stderr.write(`hearthwork: ${messageOf(thrown)}\n`);
  if (!(thrown instanceof HearthworkError) && thrown instanceof Error && process.env["HEARTHWORK_DEBUG"]) {
    process.stderr.write(`${thrown.stack ?? ""}\n`);
  }
  return 1;
}
