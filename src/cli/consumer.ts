import { randomUUID } from "node:crypto";
import { type Command } from "commander";
import { operatorRoutes } from "../wire/index.ts";
import { addExchangeOptions, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { say } from "./siteOptions.ts";
import { addStatementCommand } from "./statement.ts";

interface DepositOptions extends ExchangeClientOptions {
  readonly reference?: string;
}

export function addConsumerCommand(program: Command): void {
  const consumer = program
    .command("consumer")
    .description("Accounts of those who submit jobs to your exchange.");

  addExchangeOptions(consumer.command("create <name>"))
    .description("Open an account and print its key, this once.")
    .action(async (name: string, options: ExchangeClientOptions) => {
      const made = await exchangeOf(options).api.call(operatorRoutes.createConsumer, { body: { id: name } });
      say(options.json, made, made.key);
    });

  addExchangeOptions(consumer.command("deposit <name> <amount>"))
    .description("Note money that you took in for a consumer; your own account is called operator.")
    .option("--reference <text>", "what the deposit is known by; the same one counts once")
    .action(async (name: string, amount: string, options: DepositOptions) => {
      const { balance } = await exchangeOf(options).api.call(operatorRoutes.deposit, {
        params: { id: name, reference: options.reference ?? randomUUID() },
        body: { amount },
      });
      say(options.json, { id: name, balance }, `${name} has ${balance.amount} ${balance.currency}.`);
    });

  addStatementCommand(consumer, "consumers");

  addExchangeOptions(consumer.command("balances"))
    .description("Show what every account of the ledger has.")
    .action(async (options: ExchangeClientOptions) => {
      const balances = await exchangeOf(options).api.call(operatorRoutes.balances, {});
      const lines = balances.accounts.map(
        ({ id, balance }) => `${id}  ${balance.amount} ${balance.currency}`,
      );
      say(options.json, balances, [...lines, `sum  ${balances.sum.amount}`].join("\n"));
    });
}
