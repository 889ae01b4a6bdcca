import { type Command, Option } from "commander";
import { type AuditEntryView, auditRoutes } from "../wire/index.ts";
import { addExchangeOptions, exchangeAt, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { printFile } from "./printFile.ts";
import { say, wholeNumber } from "./siteOptions.ts";

interface AuditOptions extends ExchangeClientOptions {
  readonly actor?: string;
  readonly subject?: string;
  readonly action?: string;
  readonly limit: number;
  readonly csv?: true;
}

export function addAuditCommand(program: Command): void {
  addExchangeOptions(program.command("audit"))
    .description("Show who did what at your exchange, the newest last.")
    .option("--actor <name>", "of one account alone, or of owner, exchange or nobody")
    .option("--subject <name>", "what was done to one of them")
    .option("--action <name>", "of one kind, or those that begin so, like key/")
    .addOption(new Option("--limit <n>", "so many of the newest").argParser(wholeNumber(1, 500)).default(50))
    .option("--csv", "all of it as a table, the newest first")
    .action(async (options: AuditOptions) => {
      const { actor, subject, action, limit } = options;
      if (options.csv) {
        await printFile(exchangeAt(options), "/api/v1/audit.csv", { actor, subject, action });
        return;
      }
      const querystring = { actor, subject, action, limit };
      const log = await exchangeOf(options).api.call(auditRoutes.audit, { querystring });
      say(options.json, log, log.entries.toReversed().map(lineOf).join("\n") || "Nothing was done yet.");
    });
}

const lineOf = ({ at, actor, address, action, subject, outcome, detail }: AuditEntryView): string =>
  [at, actor, address || "-", action, subject, ...(outcome === "done" ? [] : [outcome]), detail]
    .filter((part) => part !== "")
    .join("  ");
