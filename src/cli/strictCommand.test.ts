import { CommanderError, InvalidArgumentError } from "commander";
import { expect, it } from "vitest";
import { StrictCommand } from "./strictCommand.ts";

/** What it says when it is used so, and its exit code. */
async function told(...words: string[]): Promise<{ readonly text: string; readonly code: number }> {
  const program = new StrictCommand("hearthwork");
  let text = "";
  const number = (value: string) => {
    if (Number.isNaN(Number(value))) throw new InvalidArgumentError("give a number");
    return Number(value);
  };
  const device = program.command("device");
  const set = device.command("set <id>").requiredOption("--watts <watts>", "", number);
  set.option("--for <time>").action(() => {});
  const list = device.command("list").option("--json");
  list.action(() => list.error("error: this and that go together"));
  for (const command of [program, device, set, list]) {
    const before = command.configureOutput();
    command.configureOutput({
      writeErr: (more) => (text += more),
      outputError: (more) => before.outputError?.(more, (line) => (text += line)),
    });
  }
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (thrown) {
    if (thrown instanceof CommanderError) return { text, code: thrown.exitCode };
    throw thrown;
  }
  throw new Error("it was taken");
}

it.each([
  [["devise"], "unknown command 'devise'; did you mean device? (see hearthwork --help)"],
  [["cook"], "unknown command 'cook'; write hearthwork device (see hearthwork --help)"],
  [["device"], "its command is missing; write hearthwork device set|list (see hearthwork device --help)"],
  [["device", "sett"], "unknown command 'sett'; did you mean set? (see hearthwork device --help)"],
  [
    ["device", "set"],
    "required option '--watts <watts>' not specified; write hearthwork device set <id> --watts <watts> (see hearthwork device set --help)",
  ],
  [
    ["device", "set", "x", "--watts", "lots"],
    "option '--watts <watts>' argument 'lots' is invalid. give a number (see hearthwork device set --help)",
  ],
  [
    ["device", "set", "x", "--watts", "9", "--fro", "1h"],
    "unknown option '--fro'; did you mean --for? (see hearthwork device set --help)",
  ],
  [["device", "list"], "this and that go together (see hearthwork device list --help)"],
])("says of %j in one line what is wrong and what is right", async (words, line) => {
  const { text, code } = await told(...words);
  expect(text).toBe(`hearthwork: ${line}\n`);
  expect(code).not.toBe(0);
});
