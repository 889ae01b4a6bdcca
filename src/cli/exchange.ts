import { isIP } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import { currencies, type Currency, hostClock, messageOf } from "../domain/index.ts";
import { openExchange } from "../exchange/index.ts";
import { openSiteAccess } from "../hearth/index.ts";
import type { Listening } from "../http/index.ts";
import { announceProgram, openExchangeStore } from "../store/index.ts";
import { addListenOptions, listeningOf, type ListenOptions, pageUrl } from "./listenOptions.ts";
import { openLog } from "./log.ts";
import { openSiteDoor } from "./openSiteDoor.ts";
import { packageVersion } from "./packageFiles.ts";
import { addSiteOptions, type SiteOptions } from "./siteOptions.ts";
import { untilSignal } from "./untilSignal.ts";

interface ExchangeCommandOptions extends SiteOptions, ListenOptions {
  readonly currency: Currency;
  readonly publicUrl?: string;
}

/** Providers hold a connection each. */
const connections = { all: 12_000, ofOneAddress: 12_000 };

export function addExchangeCommand(program: Command): void {
  const command = addListenOptions(
    addSiteOptions(
      program
        .command("exchange")
        .description("Run an exchange: take jobs, place their tasks on providers, keep the ledger."),
      7421,
    )
      .addOption(new Option("--currency <code>", "of every price").choices([...currencies]).default("USD"))
      .addOption(
        new Option(
          "--public-url <url>",
          "where browsers and providers reach it; else by the first --host-name, or where it listens",
        ).argParser(publicUrlOf),
      ),
  );
  command
    .addHelpText(
      "after",
      `
Examples:
  hearthwork exchange                                 on this machine; it prints the address that providers join
  hearthwork exchange --database postgres://…         several of them may share one database and exchange-key.json
  hearthwork exchange --listen 0.0.0.0 --tls-cert cert.pem --tls-key key.pem   after: hearthwork password set

Then, on this machine or others:
  hearthwork provider join ADDRESS                    offer compute
  hearthwork consumer deposit operator 10             money for jobs of your own
  hearthwork job submit job.yaml --watch`,
    )
    .action((options: ExchangeCommandOptions) => run(options, listeningOf(options, command)));
}

async function run(options: ExchangeCommandOptions, listening: Listening): Promise<void> {
  const { data, database, currency } = options;
  const log = openLog({ json: options.json === true });
  const clock = hostClock(globalThis);
  const { door, ways } = await openSiteDoor({
    data,
    listening,
    hostNames: [...publicNames(options), ...options.hostName],
    clock,
    log,
    danger: "spend what lies on its accounts",
    connections,
  });
  try {
    const store = await openExchangeStore({
      ...(database === undefined ? {} : { url: database }),
      dataDir: data,
    });
    const announcement = announceProgram(data, "exchange");
    try {
      const access = openSiteAccess(data, {
        clock,
        processToken: announcement.token,
        onFault: (thrown) => log.error({ err: thrown }, "a session could not be kept"),
      });
      const exchange = await openExchange({
        dataDir: data,
        store,
        clock,
        log,
        version: packageVersion(),
        currency,
        door,
        access,
        ways,
        publicUrl: options.publicUrl ?? pageUrl(door.url, ways),
      });
      announcement.publish(door.localUrl);
      log.info(`providers join with: hearthwork provider join ${exchange.address}`);
      log.info(`${messageOf(await untilSignal())}: closing`);
      await exchange.close();
    } finally {
      announcement.withdraw();
      await store.close();
    }
  } finally {
    await door.close();
  }
}

function publicUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ["http:", "https:"].includes(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  throw new InvalidArgumentError("give it like https://exchange.example, without a path");
}

/** Browsers may come by the name that is public. */
function publicNames({ publicUrl }: ExchangeCommandOptions): string[] {
  const name = publicUrl === undefined ? "" : new URL(publicUrl).hostname;
  return name === "" || isIP(name.replace(/^\[|\]$/g, "")) !== 0 ? [] : [name];
}
