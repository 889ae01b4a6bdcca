import { existsSync } from "node:fs";
import { type Command } from "commander";
import { hostClock, messageOf, seededRandom } from "../domain/index.ts";
import {
  keepHeapSmall,
  announceHearth,
  openCredentialsFile,
  openProviderKey,
  configFile,
  openSiteAccess,
  openSiteHost,
  parseYaml,
  type SiteHost,
  siteConfigSchema,
} from "../hearth/index.ts";
import type { Listening } from "../http/index.ts";
import type { MinerOrder } from "../drivers/index.ts";
import { openDemoHome } from "../lab/index.ts";
import { startMiner } from "../mining/index.ts";
import { openStore } from "../store/index.ts";
import { checkConfig, checkConfigAsJson } from "./checkConfig.ts";
import { addListenOptions, listeningOf, type ListenOptions, pageUrl } from "./listenOptions.ts";
import { openLog } from "./log.ts";
import { openSiteDoor } from "./openSiteDoor.ts";
import { virtualHomeDefaults } from "./virtualHomeDefaults.ts";
import { packageVersion } from "./packageFiles.ts";
import { readConfig } from "./readConfig.ts";
import { addSiteOptions, type SiteOptions } from "./siteOptions.ts";
import { untilSignal } from "./untilSignal.ts";

interface HearthCommandOptions extends SiteOptions, ListenOptions {
  readonly config: string;
  readonly check?: true;
}

export function addHearthCommand(program: Command): void {
  const command = addListenOptions(
    addSiteOptions(
      program
        .command("hearth")
        .description("Run a site: keep its rooms at the temperatures wanted, by computing.")
        .option("--config <file>", "the site's configuration", "hearth.yaml")
        .option("--check", "only check the configuration and say what it means"),
    ),
  );
  command
    .addHelpText(
      "after",
      `
Examples:
  hearthwork hearth --check              say what hearth.yaml means, or where it is wrong
  hearthwork hearth --check --json       the same as one JSON object
  hearthwork hearth                      run the site; its page is at http://127.0.0.1:7420
  hearthwork hearth --data /var/lib/hearthwork --config /etc/hearth.yaml
  hearthwork hearth --listen 0.0.0.0 --tls-cert cert.pem --tls-key key.pem   after: hearthwork password set

Every heater stops by itself within seconds when this process ends, however it ends.`,
    )
    .action(async (options: HearthCommandOptions) => {
      const file = options.config;
      if (options.check) return options.json ? checkConfigAsJson(file) : checkConfig(file);
      if (existsSync(file)) parseYaml(readConfig(file), file, siteConfigSchema);
      return run(options, listeningOf(options, command));
    });
}

async function run(options: HearthCommandOptions, listening: Listening): Promise<void> {
  keepHeapSmall();
  const log = openLog({ json: options.json === true });
  const clock = hostClock(globalThis);
  const credentials = openCredentialsFile(options.data);
  const { door, ways } = await openSiteDoor({
    ...options,
    listening,
    hostNames: options.hostName,
    clock,
    log,
  });
  try {
    const store = await openStore({
      ...(options.database === undefined ? {} : { url: options.database }),
      dataDir: options.data,
    });
    const announcement = announceHearth(options.data);
    try {
      const access = openSiteAccess(options.data, {
        clock,
        processToken: announcement.token,
        onFault: (thrown) => log.error({ err: thrown }, "a session could not be kept"),
      });
      const devices = {
        clock,
        random: seededRandom(clock.now()),
        startMiner: async (order: MinerOrder) => startMiner({ ...order, clock }),
      };
      const host = await openSiteHost({
        log,
        version: packageVersion(),
        door,
        access: { access, ...ways },
        devices,
        credentials,
        real: {
          file: configFile(options.config),
          store,
          clock,
          provider: () => openProviderKey(options.data),
        },
        openVirtualHome: (opening) => openDemoHome({ ...virtualHomeDefaults(log), ...opening }),
      });
      announcement.publish(door.localUrl);
      log.info(greeting(host, options.config, pageUrl(host.url, ways)));
      const forget = onHangUp(() => void host.reload());
      const why = await Promise.race([untilSignal(), store.lost]);
      forget();
      log.info(`${messageOf(why)}: stopping every heater`);
      await host.close();
      log.info("every heater is in its safe state");
      if (typeof why !== "string") throw why;
    } finally {
      announcement.withdraw();
      await store.close();
    }
  } finally {
    await door.close();
  }
}

function greeting({ desk, site }: SiteHost, file: string, url: string): string {
  return desk.virtualHome.view().state === "unavailable"
    ? `${site.view().name} runs; its page is at ${url}`
    : `there is no ${file} yet; set the site up at ${url}`;
}

/** A daemon reads its configuration anew when it is hung up on; at a terminal the hearth ends with it, as ever. */
function onHangUp(act: () => void): () => void {
  if (process.stdin.isTTY || process.stdout.isTTY) return () => {};
  process.on("SIGHUP", act);
  return () => process.off("SIGHUP", act);
}
