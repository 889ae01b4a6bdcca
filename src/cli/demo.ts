import { type Command, Option } from "commander";
import { HearthworkError, hostClock, seededRandom } from "../domain/index.ts";
import { keepHeapSmall, openSiteHost } from "../hearth/index.ts";
import { openFrontDoor } from "../http/index.ts";
import { type DemoHome, openDemoHome } from "../lab/index.ts";
import type { SiteView } from "../wire/index.ts";
import { prepareDemoExchange } from "./demoExchange.ts";
import { demoStatus } from "./demoStatus.ts";
import { openLog } from "./log.ts";
import { wholeNumber } from "./siteOptions.ts";
import { StatusLine } from "./statusLine.ts";
import { untilSignal } from "./untilSignal.ts";
import { virtualHomeDefaults } from "./virtualHomeDefaults.ts";

interface DemoCommandOptions {
  readonly port: number;
  readonly speed: number;
  readonly seed: number;
  readonly days: number;
  readonly withoutExchange?: true;
  readonly exchangePort: number;
  readonly data?: string;
  readonly json?: true;
}

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description(
      "Show a virtual home of two rooms, heated by virtual miners and by a twin of this computer, which hashes for real.",
    )
    .addOption(
      new Option("--port <port>", "of the page on 127.0.0.1; 0 takes any free one")
        .argParser(wholeNumber(0, 65_535))
        .default(7420),
    )
    .addOption(
      new Option("--speed <times>", "how fast the virtual home's time runs")
        .argParser(wholeNumber(1, 1000))
        .default(60),
    )
    .addOption(
      new Option("--seed <number>", "of the virtual home's chance")
        .argParser(wholeNumber(0, 2 ** 31))
        .default(1),
    )
    .addOption(
      new Option("--days <number>", "of history that are computed ahead")
        .argParser(wholeNumber(1, 28))
        .default(7),
    )
    .option("--without-exchange", "leave out the exchange that has sample jobs done for virtual money")
    .addOption(
      new Option("--exchange-port <port>", "of the exchange on 127.0.0.1; another where it is taken")
        .argParser(wholeNumber(0, 65_535))
        .default(7421),
    )
    .option(
      "--data <dir>",
      "keep the exchange there, for other commands to find it; else it goes with the home",
    )
    .option("--json", "print the log, and a status each second, as JSON lines on stdout")
    .addHelpText(
      "after",
      `
Nothing is asked of your network: the home, its broker, its pool and its exchange live in this process, and nothing is
kept but the exchange where you give --data. It hashes on one thread for at most 30 % of the time, and runs a sample
task every other second while somebody's room is to be heated by it. Ctrl-C ends it.`,
    )
    .action(runDemo);
}

async function runDemo(options: DemoCommandOptions): Promise<void> {
  const json = options.json === true;
  const log = openLog({ json });
  if (!json) log.level = "warn";
  const line = new StatusLine(process.stderr, json);
  let isInterrupted = false;
  const signal = untilSignal().finally(() => (isInterrupted = true));
  line.show("opening the virtual home …");
  const door = await openFrontDoor({ host: "127.0.0.1", port: options.port });
  const exchange = options.withoutExchange
    ? undefined
    : prepareDemoExchange({ data: options.data, port: options.exchangePort, log });
  let demo: DemoHome | undefined;
  try {
    const home = virtualHomeDefaults(log);
    const clock = hostClock(globalThis);
    const host = await openSiteHost({
      log,
      version: home.version,
      door,
      devices: { clock, random: seededRandom(options.seed), startMiner: home.startMiner },
      openVirtualHome: async ({ onProgress, signal: ended }) =>
        (demo = await openDemoHome({
          ...home,
          ...(exchange ? { offered: exchange.offered } : {}),
          speed: options.speed,
          seed: options.seed,
          days: options.days,
          signal: ended,
          onProgress(share) {
            if (isInterrupted) throw interrupted();
            onProgress(share);
            const progress = `computing its history: ${Math.round(share * 100)} %`;
            line.show(progress);
            door.say(`The virtual home is being built, ${progress}`);
          },
        })),
    });
    keepHeapSmall();
    line.end();
    const tell = (words: string, url: string) =>
      json ? log.info({ url }, words) : process.stdout.write(`${words} at ${url}\n`);
    if (!json) process.stdout.write("\n");
    tell(json ? "the virtual home lives" : "A virtual home lives", host.url);
    if (exchange && demo) {
      const words = json ? "its exchange lives" : "Its exchange, with sample jobs for virtual money, is";
      const opening = exchange.open(demo).then((url) => tell(words, url));
      await opening.catch((thrown: unknown) => log.warn({ err: thrown }, "it has no exchange"));
    }
    if (!json) process.stdout.write("Ctrl-C ends it.\n\n");
    const show = (text: string) => (json ? log.info(text) : line.show(text));
    const leave = host.site.onChange(atMostEachSecond((view) => show(demoStatus(view))));
    await signal;
    leave();
    line.end();
    await exchange?.close();
    await host.close();
    if (!json) process.stdout.write("The virtual home is closed; this computer hashes no more.\n");
  } catch (thrown) {
    line.end();
    if (!isInterrupted) throw thrown;
  } finally {
    await exchange?.close();
    await door.close();
  }
}

const interrupted = () => new HearthworkError({ code: "demo/interrupted", message: "interrupted" });

function atMostEachSecond(act: (view: SiteView) => void): (view: SiteView) => void {
  let actedAt = 0;
  return (view) => {
    if (performance.now() - actedAt < 1000) return;
    actedAt = performance.now();
    act(view);
  };
}
