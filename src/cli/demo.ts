import { type Command, Option } from "commander";
import { HearthworkError, hostClock, seededRandom } from "../domain/index.ts";
import { keepHeapSmall, openSiteHost } from "../hearth/index.ts";
import { openFrontDoor } from "../http/index.ts";
import { openDemoHome } from "../lab/index.ts";
import type { SiteView } from "../wire/index.ts";
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
    .option("--json", "print the log, and a status each second, as JSON lines on stdout")
    .addHelpText(
      "after",
      `
Nothing is kept and nothing is asked of your network: the home, its broker and its pool live in this process.
It hashes on one thread for at most 30 % of the time. Ctrl-C ends it.`,
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
  try {
    const home = virtualHomeDefaults(log);
    const clock = hostClock(globalThis);
    const host = await openSiteHost({
      log,
      version: home.version,
      door,
      devices: { clock, random: seededRandom(options.seed), startMiner: home.startMiner },
      openVirtualHome: ({ onProgress, signal: ended }) =>
        openDemoHome({
          ...home,
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
        }),
    });
    keepHeapSmall();
    line.end();
    if (json) log.info({ url: host.url }, "the virtual home lives");
    else process.stdout.write(`\nA virtual home lives at ${host.url}\nCtrl-C ends it.\n\n`);
    const show = (text: string) => (json ? log.info(text) : line.show(text));
    const leave = host.site.onChange(atMostEachSecond((view) => show(demoStatus(view))));
    await signal;
    leave();
    line.end();
    await host.close();
    if (!json) process.stdout.write("The virtual home is closed; this computer hashes no more.\n");
  } catch (thrown) {
    line.end();
    if (!isInterrupted) throw thrown;
  } finally {
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
