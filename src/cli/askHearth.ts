import { type Command } from "commander";
import { HearthworkError } from "../domain/index.ts";
import { runningHearth } from "../hearth/index.ts";
import { type ApiClient, apiClient } from "../client/index.ts";
import { addDataOptions, type DataOptions } from "./siteOptions.ts";

export interface HearthOptions extends DataOptions {
  readonly url?: string;
  readonly token?: string;
}

/** The options of a command that asks a hearth that runs. */
export const addHearthOptions = (command: Command): Command =>
  addDataOptions(command)
    .option("--url <url>", "a hearth elsewhere, like https://hearth.local:7420; else the one on the data")
    .option("--token <token>", "lets the command in there; hearthwork token makes one");

/** @throws {HearthworkError} `hearth/none-runs`, which says what to do. */
export function hearthOf(options: HearthOptions): ApiClient {
  const hearth = hearthIfAny(options);
  if (hearth) return hearth;
  throw new HearthworkError({
    code: "hearth/none-runs",
    message: `no hearth runs on ${options.data}; start one with hearthwork hearth, or name it with --data or --url`,
    data: { data: options.data },
  });
}

export function hearthIfAny({ url, token, data }: HearthOptions): ApiClient | undefined {
  if (url === undefined) return runningHearth(data);
  return apiClient({ url: url.replace(/\/$/, ""), ...(token === undefined ? {} : { token }) });
}
