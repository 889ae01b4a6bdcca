import { existsSync, readFileSync, statSync } from "node:fs";
import { type Command } from "commander";
import { HearthworkError, hostClock, messageOf, seededRandom } from "../domain/index.ts";
import {
  announceHearth,
  openCredentialsFile,
  configFile,
  openSiteAccess,
  openSiteHost,
  parseYaml,
  type SiteConfig,
  type SiteHost,
  siteConfigSchema,
} from "../hearth/index.ts";
import type { Listening } from "../http/index.ts";
import type { MinerOrder } from "../drivers/index.ts";
import { openDemoHome } from "../lab/index.ts";
import { startMiner } from "../mining/index.ts";
import { openStore } from "../store/index.ts";
import { addListenOptions, listeningOf, type ListenOptions, pageUrl } from "./listenOptions.ts";
import { openLog } from "./log.ts";
import { openSiteDoor } from "./openSiteDoor.ts";
import { virtualHomeDefaults } from "./virtualHomeDefaults.ts";
import { packageVersion } from "./packageVersion.ts";
import { addSiteOptions, type SiteOptions } from "./siteOptions.ts";
import { untilSignal } from "./untilSignal.ts";

interface HearthCommandOptions extends SiteOptions, ListenOptions {
  readonly config: string;
  readonly check?: true;
}

const maxConfigBytes = 256 * 1024;

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
  hearthwork hearth                      run the site; its page is at http://127.0.0.1:7420
  hearthwork hearth --data /var/lib/hearthwork --config /etc/hearth.yaml
  hearthwork hearth --listen 0.0.0.0 --tls-cert cert.pem --tls-key key.pem   after: hearthwork password set

Every heater stops by itself within seconds when this process ends, however it ends.`,
    )
    .action(async (options: HearthCommandOptions) => {
      if (options.check || existsSync(options.config)) {
        const config = parseYaml(readConfig(options.config), options.config, siteConfigSchema);
        if (options.check) return printCheck(config, options);
      }
      return run(options, listeningOf(options, command));
    });
}

function readConfig(file: string): string {
  try {
    if (statSync(file).size > maxConfigBytes) throw new Error("longer than 256 KiB");
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HearthworkError({
      code: "config/unreadable",
      message: `cannot read ${file}: ${messageOf(cause)}; name the configuration with --config FILE`,
      data: { file },
      cause,
    });
  }
}

function printCheck(config: SiteConfig, { config: file, json }: HearthCommandOptions): void {
  const { site, sinks, heaters } = config;
  if (json) {
    const ids = { sinks: sinks.map(({ id }) => id), heaters: heaters.map(({ ours }) => ours.id) };
    process.stdout.write(`${JSON.stringify({ ok: true, file, ...ids })}\n`);
    return;
  }
  const lines = [
    `${file} is right.`,
    `${site.name}: feeder ${site.feeder.maxWatts} W, time zone ${site.timezone}`,
    ...sinks.map(({ id, kind, sensor, limits, comfort, fallback }) => {
      const fallbackWords = fallback.kind === "stop" ? "stop" : `at most ${fallback.watts} W`;
      return `  ${kind} ${id}: sensor ${sensor.definition.name}, ${comfort.entries.length} comfort entries, set-back ${comfort.setBackC} °C, never above ${limits.maxC} °C; sensor lost: ${fallbackWords}`;
    }),
    ...heaters.map(({ ours, definition }) => {
      return `  heater ${ours.id}: ${definition.name}, heats ${ours.sink}; stopped at ${ours.maxDeviceC} °C of its own`;
    }),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function run(options: HearthCommandOptions, listening: Listening): Promise<void> {
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
        real: { file: configFile(options.config), store, clock },
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
