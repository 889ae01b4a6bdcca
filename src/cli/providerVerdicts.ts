import type { Command } from "commander";
import { fingerprintOf, parseExchangeAddress } from "../agent/index.ts";
import { apiClient } from "../client/index.ts";
import { HearthworkError } from "../domain/index.ts";
import { openProviderKey } from "../hearth/index.ts";
import { type Verdicts, verdictRoutes } from "../wire/index.ts";
import { addExchangeOptions, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { addDataOptions, type DataOptions, say, wholeNumber } from "./siteOptions.ts";

/** `hearthwork provider show` and `hearthwork provider appeal`. */
export function addVerdictCommands(provider: Command): void {
  addExchangeOptions(provider.command("show <id>"))
    .description("Show how far a provider is believed, and why.")
    .action(async (id: string, options: ExchangeClientOptions) => {
      const verdicts = await exchangeOf(options).api.call(verdictRoutes.verdicts, { params: { id } });
      say(options.json, verdicts, told(verdicts));
    });

  addDataOptions(provider.command("appeal <address>"))
    .description("Show the verdicts against this machine, or have one judged once more by a trusted machine.")
    .option("--lease <n>", "the lease on which the verdict is", wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .addHelpText(
      "after",
      `
Whoever was wrong pays: what it may cost at most is set aside from the machine's account, and comes back with the pay of
the result where the trusted machine finds what this one found. Three at once, ten within the seven days in which a
verdict can be appealed. A machine that is banned may appeal too.

Examples:
  hearthwork provider appeal https://exchange.example:7421/#… --data ./provider
  hearthwork provider appeal https://exchange.example:7421/#… --data ./provider --lease 4711`,
    )
    .action(async (address: string, options: DataOptions & { readonly lease?: number }) => {
      const exchange = parseExchangeAddress(address);
      const known = openProviderKey(options.data);
      const token = known.tokenOf(exchange.fingerprint);
      if (token === undefined) throw neverJoined(options.data);
      const api = apiClient({ url: exchange.url, token });
      const params = { id: `p${fingerprintOf(known.key.publicKey)}` };
      const verdicts =
        options.lease === undefined
          ? await api.call(verdictRoutes.verdicts, { params })
          : await api.call(verdictRoutes.appeal, { params, body: { lease: options.lease } });
      say(options.json, verdicts, told(verdicts));
    });
}

const neverJoined = (data: string) =>
  new HearthworkError({
    code: "provider/unknown-token",
    message: `the machine of ${data} has never joined this exchange; give its --data, and the address with which it joined`,
    data: { data },
  });

function told({ standing, wrong }: Verdicts): string {
  const { isVouched, isRevoked, streak, wrong: count, trust, checkShare } = standing;
  return [
    isVouched
      ? "The operator answers for it: its results are not checked."
      : `${streak} right in a row, ${count} wrong: trust ${trust.toFixed(2)}, ${Math.round(100 * checkShare)} % of its results are checked${isRevoked ? "; it is let in no more" : ""}.`,
    ...wrong.map(({ lease, job, index, returnedAt, digest, stands, price, appeal }) =>
      [
        `lease ${lease}`,
        `task ${index} of ${job}`,
        returnedAt,
        `it said ${digest.slice(0, 12)}, ${stands === null ? "nothing" : stands.slice(0, 12)} stands`,
        `${price.amount} ${price.currency} not paid`,
        ...(appeal === null ? [] : [`appeal ${appeal}`]),
      ].join("  "),
    ),
    ...(wrong.length === 0 ? ["There is no verdict against it."] : []),
  ].join("\n");
}
