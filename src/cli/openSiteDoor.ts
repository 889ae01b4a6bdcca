import type { Logger } from "pino";
import type { Clock } from "../domain/index.ts";
import { openSiteAccess } from "../hearth/index.ts";
import {
  type FrontDoor,
  type FrontDoorOptions,
  type Listening,
  openFrontDoor,
  readTls,
  refuseUnsafe,
} from "../http/index.ts";

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
  /** What whoever reaches it could do, were it not for a password. */
  readonly danger?: string;
  readonly connections?: FrontDoorOptions["connections"];
}

/**
 * Takes a server's port, unless whoever likes could then do as its owner may.
 * @throws {HearthworkError} `access/no-password`, `access/no-tls`, `access/bad-certificate`, `http/port-taken`
 */
export async function openSiteDoor({
  data,
  listening,
  hostNames,
  clock,
  log,
  danger,
  connections,
}: SiteDoorOptions): Promise<SiteDoor> {
  refuseUnsafe(listening, openSiteAccess(data, { clock }).hasPassword(), danger);
  const { host, port, tls, proxies } = listening;
  const certified = tls ? readTls(tls).names : [];
  const door = await openFrontDoor({
    host,
    port,
    proxies,
    clock,
    onTrouble: (message) => log.warn(message),
    ...(tls ? { tls } : {}),
    ...(connections ? { connections } : {}),
  });
  return { door, ways: { hostNames: [...new Set([...hostNames, ...certified])], proxies } };
}
