import type { Logger } from "pino";
import type { Clock, Random, SiteEvent } from "../domain/index.ts";
import { type DriverContext, sharedBrokers } from "../drivers/index.ts";
import type { FrontDoor } from "../http/index.ts";
import type { Store } from "../store/index.ts";
import { builtDashboard, createSiteServer, type SiteServerOptions } from "./api/siteServer.ts";
import type { CredentialsFile } from "./credentials.ts";
import { configDesk } from "./config/configDesk.ts";
import type { ConfigFile } from "./config/configFile.ts";
import { listDrivers } from "./devices/listDrivers.ts";
import { testDevice } from "./devices/testDevice.ts";
import { type Hearth, startHearth } from "./hearth.ts";
import type { SiteDesk } from "./siteDesk.ts";
import { closeDevices, type SiteSetup } from "./siteSetup.ts";

export interface RunSiteOptions {
  /** Opens the site's devices with what the hearth lends them. */
  open(contextOf: (subject: string) => DriverContext): Promise<SiteSetup>;
  /** What it was opened by; changes of it take effect at the next start. */
  readonly config: ConfigFile;
  readonly store: Store;
  readonly clock: Clock;
  /** The host's own time, where `clock` is virtual. */
  readonly host?: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
  /** Where the API and the dashboard are served once the site is up; it stays its owner's to close. */
  readonly door: FrontDoor;
  readonly startMiner: DriverContext["startMiner"];
  /** Who may use the API and the dashboard; without it, whoever is on this machine. */
  readonly access?: SiteServerOptions["access"];
  /** The logins at devices; without it there are none. */
  readonly credentials?: CredentialsFile;
  readonly virtual?: { speed(): number; setSpeed(speed: number): void };
}

export interface RunningSite {
  readonly url: string;
  readonly hearth: Hearth;
  /** Ends the server and the hearth; heaters are in their safe state afterwards. */
  close(): Promise<void>;
}

const maxInbox = 1000;

/** A whole site: devices, loop, API and dashboard. */
export async function runSite(options: RunSiteOptions): Promise<RunningSite> {
  const { store, clock, random, log, version, door } = options;
  const inbox: SiteEvent[] = [];
  const brokers = sharedBrokers({ clock, random });
  const contextOf = (subject: string): DriverContext => ({
    clock,
    random,
    brokers,
    startMiner: options.startMiner,
    secret: (name) => options.credentials?.secret(name),
    onEvent: (event) => {
      if (inbox.length < maxInbox) inbox.push({ ...event, at: clock.now(), subject });
    },
  });
  const runningEtag = (await options.config.read())?.etag;
  const setup = await options.open(contextOf);
  const hearth = await startHearth({
    setup,
    store,
    clock,
    version,
    inbox,
    onEvent: (event) => logEvent(log, event),
    onFault: (thrown) => log.error({ err: thrown }, "the hearth met a fault"),
    ...(options.host ? { host: options.host } : {}),
    ...(options.virtual ? { virtual: options.virtual } : {}),
  }).catch(async (thrown: unknown) => {
    await closeDevices(setup);
    throw thrown;
  });
  const dashboard = builtDashboard();
  const desk: SiteDesk = {
    config: configDesk({ file: options.config, adopt: async () => {}, running: () => runningEtag }),
    drivers: listDrivers,
    testDevice: (request) => testDevice(request, contextOf("new"), options.host ?? clock),
  };
  const server = await createSiteServer(hearth, desk, {
    version,
    log,
    ...(options.access ? { access: options.access } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
    ...(dashboard === undefined ? {} : { dashboard }),
  });
  const close = async () => {
    const ends = await Promise.allSettled([hearth.close(), server.close()]);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  };
  try {
    await door.open(server);
    return { url: door.url, hearth, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

const logLevels = { info: "info", warning: "warn", alarm: "error" } as const;

const logEvent = (log: Logger, { level, code, subject, message }: SiteEvent) =>
  log[logLevels[level]]({ code, subject }, message);
