import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { SiteView } from "../../src/wire/index.ts";
import { startHearthwork } from "../e2e/hearthProcess.ts";
import { cuttableLine, type CuttableLine } from "../cuttableLine.ts";
import { type Looker, openLooker } from "./looker.ts";

/** Its first room, and the dial in it. */
export const livingRoom = (page: Page) => page.getByRole("region", { name: "Living room", exact: true });
export const dialOf = (page: Page) => page.getByRole("slider", { name: "Temperature wanted in Living room" });

/** A virtual home in a process of its own, and a browser that looks at it through a line that can be cut. */
export interface VirtualHome extends Looker {
  readonly url: string;
  readonly line: CuttableLine;
  ask<T>(path: string, init?: RequestInit): Promise<T>;
  site(): Promise<SiteView>;
}

/** @param days of history, which take some seconds each to be computed. */
export async function startVirtualHome(chromium: string, days = 1): Promise<VirtualHome> {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-web-"));
  const demo = startHearthwork(
    ["demo", "--port", "0", "--speed", "1", "--days", String(days), "--without-exchange"],
    folder,
  );
  const [, port] = await demo.line(/lives at http:\/\/127\.0\.0\.1:(\d+)/, 90_000);
  const line = await cuttableLine(Number(port));
  const url = `http://127.0.0.1:${line.port}`;
  const looker = await openLooker(chromium, url);
  const ask = async <T>(path: string, init?: RequestInit): Promise<T> =>
    (await (await fetch(`${url}/api/v1/${path}`, init)).json()) as T;

  return {
    ...looker,
    url,
    line,
    ask,
    site: () => ask<SiteView>("site"),
    async close() {
      await looker.close();
      await line.close();
      await demo.interrupt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
