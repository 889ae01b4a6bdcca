import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { HearthworkError, hostClock, Seconds } from "../domain/index.ts";
import { type FrontDoor, openFrontDoor } from "../http/index.ts";
import { boundedRunner, type DemoHome, type DemoOptions, openDemoExchange } from "../lab/index.ts";
import { wasmRunner } from "../runtimes/index.ts";
import { announceProgram, makeFolder, openExchangeStore } from "../store/index.ts";
import { packagePath, packageVersion } from "./packageFiles.ts";
import { readJob } from "./readJob.ts";

export interface DemoExchangeOptions {
  /** Where it is kept; without it it goes with the demo. */
  readonly data: string | undefined;
  readonly port: number;
  readonly log: Logger;
}

/** What the demo's exchange needs of the home, and the exchange once the home is there. */
export interface PreparedExchange {
  readonly offered: NonNullable<DemoOptions["offered"]>;
  /** @returns where it is */
  open(home: DemoHome): Promise<string>;
  close(): Promise<void>;
}

/** One task at a time, and then a while nothing, so that a demo stays quiet. */
const gently = { atOnce: 1, rest: Seconds(2) };
const samples = ["path-tracing", "portfolio-risk"];

export function prepareDemoExchange({ data, port, log }: DemoExchangeOptions): PreparedExchange {
  const runner = boundedRunner(wasmRunner(), gently);
  const dataDir = data ?? mkdtempSync(join(tmpdir(), "hearthwork-demo-"));
  if (data !== undefined) makeFolder(data);
  const ending: (() => unknown)[] = [
    () => data === undefined && rmSync(dataDir, { recursive: true, force: true }),
    () => runner.close(),
  ];
  const keep = async <Part>(part: Promise<Part>, end: (part: Part) => unknown): Promise<Part> => {
    const opened = await part;
    ending.push(() => end(opened));
    return opened;
  };
  return {
    offered: { runner, dataDir },
    async open(home) {
      const clock = hostClock(globalThis);
      const store = await keep(
        data === undefined ? home.stores.openExchange() : openExchangeStore({ dataDir }),
        (opened) => opened.close(),
      );
      const door = await keep(openDoor(port), (opened) => opened.close());
      const announcement = data === undefined ? undefined : announceProgram(dataDir, "exchange");
      ending.push(() => announcement?.withdraw());
      const jobs = await Promise.all(
        samples.map((name) => readJob(packagePath(`data/jobs/${name}/job.yaml`))),
      );
      await keep(
        openDemoExchange({
          home,
          jobs,
          dataDir,
          store,
          door,
          clock,
          log,
          version: packageVersion(),
          ...(announcement ? { processToken: announcement.token } : {}),
        }),
        (opened) => opened.close(),
      );
      announcement?.publish(door.localUrl);
      return door.url;
    },
    async close() {
      for (const end of ending.splice(0).reverse()) await end();
    },
  };
}

/** At the port, or at any free one where that is taken. */
async function openDoor(port: number): Promise<FrontDoor> {
  try {
    return await openFrontDoor({ host: "127.0.0.1", port });
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError) || thrown.code !== "http/port-taken") throw thrown;
    return openFrontDoor({ host: "127.0.0.1", port: 0 });
  }
}
