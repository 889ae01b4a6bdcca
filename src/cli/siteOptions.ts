import { type Command, InvalidArgumentError, Option } from "commander";

/** Parses a whole number within bounds for commander. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`give a whole number from ${min} to ${max}`);
  };
}

const dataOption = () =>
  new Option("--data <dir>", "where it keeps its data; one process at a time holds it")
    .env("HEARTHWORK_DATA")
    .default("./.hearthwork");

export interface DataOptions {
  readonly data: string;
  readonly json?: true;
}

/** The options of a command that looks at a site's data or changes them. */
export const addDataOptions = (command: Command): Command =>
  command.addOption(dataOption()).option("--json", "print the outcome as JSON on stdout");

/** A command's outcome on stdout, for programs or for people. */
export const say = (json: true | undefined, outcome: object, words: string): void =>
  void process.stdout.write(`${json ? JSON.stringify(outcome) : words}\n`);

export interface SiteOptions {
  readonly data: string;
  readonly database?: string;
  readonly port: number;
  readonly json?: true;
}

/** The options that every command has that runs a server. */
export function addSiteOptions(command: Command, port = 7420): Command {
  return command
    .addOption(dataOption())
    .addOption(
      new Option("--database <url>", "a PostgreSQL database, instead of the one in the data directory").env(
        "DATABASE_URL",
      ),
    )
    .addOption(
      new Option("--port <port>", "of the API and the dashboard")
        .argParser(wholeNumber(0, 65_535))
        .default(port),
    )
    .option("--json", "print the log as JSON lines on stdout");
}
