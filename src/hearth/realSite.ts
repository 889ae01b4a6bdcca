import { messageOf, type SiteEvent } from "../domain/index.ts";
import { type ConfigDesk, configDesk } from "./config/configDesk.ts";
import type { ConfigFile } from "./config/configFile.ts";
import type { SiteConfig } from "./config/siteConfig.ts";
import { watchConfig } from "./config/watchConfig.ts";
import { type LiveSite, type LiveSiteOptions, openLiveSite } from "./liveSite.ts";

export interface RealSiteOptions extends Omit<LiveSiteOptions, "config" | "prepare" | "alarms" | "virtual"> {
  readonly file: ConfigFile;
  /** Called whenever the site begins to live. */
  onLive(): void;
}

/** The site that a file describes. It lives once there is a file, and follows every change of it. */
export interface RealSite {
  readonly config: ConfigDesk;
  live(): LiveSite | undefined;
  /** Looks at the file at once. What is wrong with it is told as an alarm, and the site goes on as before. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @throws {HearthworkError} when there is a file and the site cannot begin by it. Without a file it waits for one.
 */
export async function openRealSite(options: RealSiteOptions): Promise<RealSite> {
  const { file, clock, log } = options;
  let live: LiveSite | undefined;
  let running: string | undefined;
  let alarm: SiteEvent | undefined;

  async function adopt(config: SiteConfig, etag: string): Promise<void> {
    if (live) await live.reconfigure(config);
    else {
      live = await openLiveSite({ ...options, config, alarms: () => (alarm ? [alarm] : []) });
      options.onLive();
    }
    running = etag;
    clear();
  }

  function clear(): void {
    if (!alarm) return;
    live?.tell({ ...alarm, level: "info", code: `${alarm.code}-cleared`, message: `Over: ${alarm.message}` });
    alarm = undefined;
  }

  function raise(thrown: unknown): void {
    const message = `${messageOf(thrown)}; ${running === undefined ? "the site waits for a right one" : "the site goes on by the configuration before"}`;
    if (alarm?.message === message) return;
    log.error({ err: thrown }, "the configuration is wrong");
    alarm = { at: clock.now(), level: "alarm", code: "config/wrong", subject: "site", message };
    live?.tell(alarm);
  }

  const config = configDesk({ file, adopt, running: () => running });
  await config.reload();
  const reload = () => config.reload().then(clear, raise);
  const watcher = watchConfig(file, options.host ?? clock, async (etag) => {
    if (etag !== running) await reload();
    else clear();
  });
  return {
    config,
    live: () => live,
    reload,
    async close() {
      await watcher.close();
      await live?.close();
    },
  };
}
