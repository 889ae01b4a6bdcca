import { type Command } from "commander";
import { HearthworkError } from "../domain/index.ts";
import { type ExchangeClient, type ApiClientOptions, exchangeClient } from "../client/index.ts";
import { runningProgram } from "../store/index.ts";
import { addDataOptions, type DataOptions } from "./siteOptions.ts";

export interface ExchangeClientOptions extends DataOptions {
  readonly url?: string;
  readonly token?: string;
}

/** The options of a command that asks an exchange that runs. */
export const addExchangeOptions = (command: Command): Command =>
  addDataOptions(command)
    .option(
      "--url <url>",
      "an exchange elsewhere, like https://exchange.example:7421; else the one on the data",
    )
    .option("--token <key>", "your key there; its operator makes one with hearthwork consumer create");

/** @throws {HearthworkError} `exchange/none-runs`, which says what to do. */
export const exchangeOf = (options: ExchangeClientOptions): ExchangeClient =>
  exchangeClient(exchangeAt(options));

/** @throws {HearthworkError} `exchange/none-runs` */
export function exchangeAt({ url, token, data }: ExchangeClientOptions): ApiClientOptions {
  const found =
    url === undefined ? runningProgram(data, "exchange") : { url: url.replace(/\/+$/, ""), token };
  if (found) {
    const { url: at, token: key } = found;
    return { url: at, ...(key === undefined ? {} : { token: key }) };
  }
  throw new HearthworkError({
    code: "exchange/none-runs",
    message: `no exchange runs on ${data}; start one with hearthwork exchange, or name it with --data or --url`,
    data: { data },
  });
}
