import { Command } from "commander";

/**
 * A command whose wrong usage is told in one line: what is wrong, the nearest right form, and where more is told. Whoever
 * runs it exits.
 */
export class StrictCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.exitOverride();
    this.tellInOneLine();
  }

  override createCommand(name?: string): StrictCommand {
    return new StrictCommand(name);
  }

  override copyInheritedSettings(parent: Command): this {
    super.copyInheritedSettings(parent);
    return this.tellInOneLine();
  }

  /** Named alone, a command with others below it says which; the program itself helps. */
  override help(context?: { error: boolean } | ((text: string) => string)): never {
    const isWrong = typeof context === "object" && context.error;
    if (isWrong && this.parent) this.error("error: its command is missing");
    return super.help(context as { error: boolean });
  }

  private tellInOneLine(): this {
    return this.configureOutput({ outputError: (text, write) => write(usageLine(text, this)) });
  }
}

/** Commander's words of what is wrong, in one line. */
function usageLine(text: string, command: Command): string {
  const [, suggestion] = /\(Did you mean (.*)\?\)/.exec(text) ?? [];
  const what = text
    .replace(/^error: /, "")
    .replace(/\(Did you mean .*\?\)/, "")
    .replace(/\s+/g, " ")
    .replace(/[.\s]+$/, "");
  const form = / is invalid\. /.test(what) ? undefined : formOf(command);
  const right = suggestion === undefined ? form && `write ${form}` : `did you mean ${suggestion}?`;
  return `hearthwork: ${what}${right ? `; ${right}` : ""} (see ${pathOf(command)} --help)\n`;
}

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/** Undefined where it would tell no more than its name. */
function formOf(command: Command): string | undefined {
  const below = command.commands.map((one) => one.name());
  const words = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  const needed = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  const rest = below.length > 0 ? [below.join("|")] : [...words, ...needed];
  return rest.length === 0 ? undefined : [pathOf(command), ...rest].join(" ");
}
