import type { Logger } from "pino";
import type { Clock } from "../domain/index.ts";
import { openSiteAccess } from "../hearth/index.ts";
import { type FrontDoor, type Listening, openFrontDoor, readTls, refuseUnsafe } from "../http/index.ts";

export interface SiteDoor {
  readonly door: FrontDoor;
  /** Under these names, and through these proxies, browsers may come. */
  readonly ways: { readonly hostNames: readonly string[]; readonly proxies: readonly string[] };
}

export interface SiteDoorOptions {
  readonly data: string;
  readonly listening: Listening;
  readonly hostNames: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Takes the site's port, unless whoever likes could then heat its rooms.
 * @throws {HearthworkError} `access/no-password`, `access/no-tls`, `access/bad-certificate`, `http/port-taken`
 */
export async function openSiteDoor({
  data,
  listening,
  hostNames,
  clock,
  log,
}: SiteDoorOptions): Promise<SiteDoor> {
  refuseUnsafe(listening, openSiteAccess(data, { clock }).hasPassword());
  const { host, port, tls, proxies } = listening;
  const certified = tls ? readTls(tls).names : [];
  const door = await openFrontDoor({
    host,
    port,
    proxies,
    clock,
    onTrouble: (message) => log.warn(message),
    ...(tls ? { tls } : {}),
  });
  return { door, ways: { hostNames: [...new Set([...hostNames, ...certified])], proxies } };
}
