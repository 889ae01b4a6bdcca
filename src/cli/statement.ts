import { type Command, InvalidArgumentError } from "commander";
import { hostClock } from "../domain/index.ts";
import { addExchangeOptions, exchangeAt, type ExchangeClientOptions } from "./askExchange.ts";
import { printFile } from "./printFile.ts";

interface StatementOptions extends ExchangeClientOptions {
  readonly from?: string;
  readonly to?: string;
}

/** Adds `statement` to the command of consumers or of providers. */
export function addStatementCommand(parent: Command, whose: "consumers" | "providers"): void {
  addExchangeOptions(parent.command("statement <name>"))
    .description("Print what came to an account and left it, as CSV: each line with the balance after it.")
    .option("--from <time>", "ISO 8601, like 2026-11-01; else since ever", timeOf)
    .option("--to <time>", "ISO 8601, and not that time itself; else until now", timeOf)
    .option("--csv", "the only form there is")
    .action(async (name: string, options: StatementOptions) => {
      const now = hostClock(globalThis).now();
      const { from = new Date(0).toISOString(), to = new Date(now + 1).toISOString() } = options;
      const path = `/api/v1/${whose}/${encodeURIComponent(name)}/statement.csv`;
      await printFile(exchangeAt(options), path, { from, to });
    });
}

function timeOf(text: string): string {
  const at = Date.parse(text);
  if (/^\d{4}-/.test(text) && Number.isFinite(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError("give a time like 2026-11-01 or 2026-11-01T12:00:00Z");
}
