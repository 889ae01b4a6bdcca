import type { Logger } from "pino";
import { HearthworkError, Seconds, type Clock } from "../domain/index.ts";
import type { DriverContext } from "../drivers/index.ts";
import { builtPages, type FrontDoor } from "../http/index.ts";
import { createSiteServer, type SiteServerOptions } from "./api/siteServer.ts";
import { atMost } from "./atMost.ts";
import type { ConfigDesk } from "./config/configDesk.ts";
import type { CredentialsFile } from "./credentials.ts";
import { listDrivers } from "./devices/listDrivers.ts";
import { scanDesk } from "./devices/scanDesk.ts";
import { testDevice } from "./devices/testDevice.ts";
import { deviceContexts } from "./liveSite.ts";
import { openRealSite, type RealSite, type RealSiteOptions } from "./realSite.ts";
import type { SiteDesk } from "./siteDesk.ts";
import { siteFacade } from "./siteFacade.ts";
import type { SiteService } from "./siteService.ts";
import { type OpenVirtualHome, type VirtualStage, virtualStage } from "./virtualStage.ts";

export interface SiteHostOptions {
  readonly log: Logger;
  readonly version: string;
  /** Where the API and the dashboard are served; it stays its owner's to close. */
  readonly door: FrontDoor;
  /** What the devices that are only tried live with. */
  readonly devices: Pick<RealSiteOptions, "random" | "startMiner"> & { readonly clock: Clock };
  /** The site that a file describes; without it only a virtual home can be shown. */
  readonly real?: Omit<RealSiteOptions, "onLive" | "log" | "version" | "random" | "startMiner" | "secret">;
  /** Who may use the API and the dashboard; without it, whoever is on this machine. */
  readonly access?: SiteServerOptions["access"];
  /** The logins at devices; without it none can be kept. */
  readonly credentials?: CredentialsFile;
  /** Without it no virtual home is offered. */
  readonly openVirtualHome?: OpenVirtualHome;
}

/** What serves a site from the first start on: before it is set up, while it lives, and while it is changed. */
export interface SiteHost {
  readonly url: string;
  readonly site: SiteService;
  readonly desk: SiteDesk;
  /** Looks at the configuration's file at once. */
  reload(): Promise<void>;
  /** Heaters are in their safe state afterwards. */
  close(): Promise<void>;
}

const closingTime = Seconds(10);

/**
 * Begins with the site if its file is there, and waits to be set up if not.
 * @throws {HearthworkError} when there is a configuration and the site cannot begin by it, or when there is nothing but
 * a virtual home and it cannot be opened.
 */
export async function openSiteHost(options: SiteHostOptions): Promise<SiteHost> {
  const { door, log, version, credentials, devices } = options;
  const facade = siteFacade();
  let real: RealSite | undefined;
  const show = () => facade.show(real?.live()?.hearth ?? virtual.home()?.site);
  const virtual: VirtualStage = virtualStage(options.openVirtualHome ?? noVirtualHome, {
    onChange: show,
    refusal: () => refusalOf(real, options),
  });
  const secret: DriverContext["secret"] = (name) => credentials?.secret(name);
  const onLive = () => {
    show();
    void virtual.leave();
  };
  if (options.real) {
    real = await openRealSite({ ...options.real, ...devices, log, version, secret, onLive });
    show();
  }
  const desk = openDesk(options, secret, virtual, () => real);
  const close = async () => {
    desk.scan.close();
    const ends = await Promise.allSettled([real?.close(), virtual.leave()]);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  };
  try {
    if (!real) await virtual.entered();
    const dashboard = builtPages("index.html");
    const server = await createSiteServer(facade.site, desk, {
      version,
      log,
      ...(options.access ? { access: options.access } : {}),
      ...(credentials ? { credentials } : {}),
      ...(dashboard ? { dashboard } : {}),
    });
    await door.open(server);
    return {
      url: door.url,
      site: facade.site,
      desk,
      reload: async () => real?.reload(),
      async close() {
        const ends = await Promise.allSettled([close(), server.close()]);
        for (const end of ends) if (end.status === "rejected") throw end.reason;
      },
    };
  } catch (thrown) {
    await atMost(devices.clock, closingTime, close());
    throw thrown;
  }
}

const noVirtualHome: OpenVirtualHome = () => Promise.reject(new Error("no virtual home is offered here"));

function refusalOf(real: RealSite | undefined, { openVirtualHome }: SiteHostOptions): string | undefined {
  if (!openVirtualHome) return "No virtual home is offered here";
  return real?.live() ? "A real site runs here, and the page shows one home" : undefined;
}

function openDesk(
  { devices, real: offered }: SiteHostOptions,
  secret: DriverContext["secret"],
  virtual: VirtualStage,
  real: () => RealSite | undefined,
): SiteDesk & { readonly scan: { close(): void } } {
  const contextOf = deviceContexts({ ...devices, secret }, () => {});
  const config = (): ConfigDesk => {
    const shown = real()?.live() ? real() : (virtual.home() ?? real());
    if (shown) return shown.config;
    throw new HearthworkError({ code: "site/not-set-up", message: "The virtual home is not open yet" });
  };
  const view = () => ({ ...virtual.view(), canLeave: offered !== undefined });
  return {
    get config() {
      return config();
    },
    scan: scanDesk(async () => (await config().view()).settings),
    drivers: listDrivers,
    testDevice: (request) => testDevice(request, contextOf("new"), devices.clock),
    virtualHome: {
      view,
      enter() {
        virtual.enter();
        return view();
      },
      async leave() {
        if (!offered && virtual.home()) {
          throw new HearthworkError({
            code: "api/conflict",
            message: "There is nothing here but the virtual home; end it where it was started",
          });
        }
        await virtual.leave();
        return view();
      },
    },
  };
}
