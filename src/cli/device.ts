import { type Command, InvalidArgumentError } from "commander";
import { HearthworkError, hostClock, seededRandom } from "../domain/index.ts";
import { configuredDevice, deviceContexts, openCredentialsFile, testDevice } from "../hearth/index.ts";
import { startMiner } from "../mining/index.ts";
import { heaterCommandRoutes, heaterRoutes, siteRoutes, type SiteView } from "../wire/index.ts";
import { addHearthOptions, hearthIfAny, hearthOf, type HearthOptions } from "./askHearth.ts";
import { addScanCommand } from "./deviceScan.ts";
import { sayPower } from "./sayPower.ts";
import { say } from "./siteOptions.ts";
import { heaterLine } from "./status.ts";

interface ReadOptions extends HearthOptions {
  readonly config: string;
}

export function addDeviceCommand(program: Command): void {
  const device = program.command("device").description("Find devices and handle those of the site.");
  addScanCommand(device);
  addHearthOptions(device.command("list"))
    .description("List the site's heaters and what they do.")
    .action(async (options: HearthOptions) => {
      const { heaters } = await hearthOf(options).call(siteRoutes.site, {});
      say(options.json, { heaters }, heaters.map(heaterLine).join("\n") || "No heaters are configured.");
    });
  addHearthOptions(device.command("read <id>"))
    .description("Say what a device tells: through the hearth, or by asking it where none runs.")
    .option("--config <file>", "where it is configured, when no hearth runs", "hearth.yaml")
    .action(readDevice);
  addHearthOptions(device.command("set <id>"))
    .description("Run a heater at a power for a while, as far as every limit permits; 0 turns it off.")
    .requiredOption("--watts <watts>", "the power that it is asked for", someWatts)
    .option("--for <duration>", "how long, like 30m or 2h", duration, 30 * 60_000)
    .action(setPower);
  addCommand(
    device,
    "auto",
    "Let the thermostat set a heater's power again.",
    heaterCommandRoutes.clearPower,
  );
  addCommand(device, "stop", "Stop a heater until it is resumed.", heaterCommandRoutes.stopHeater);
  addCommand(
    device,
    "resume",
    "Give a stopped heater back to the thermostat.",
    heaterCommandRoutes.resumeHeater,
  );
  addCommand(
    device,
    "try",
    "Try each of a heater's powers, from the lowest on, before it is counted on.",
    heaterCommandRoutes.tryHeater,
  );
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const longestMs = 7 * 24 * 3_600_000;

const mostWatts = 1_000_000;

function someWatts(text: string): number {
  const watts = text.trim() === "" ? NaN : Number(text);
  if (watts >= 0 && watts <= mostWatts) return watts;
  throw new InvalidArgumentError(`give a number of watts from 0 to ${mostWatts}`);
}

/** Like 90s, 30m or 2h; up to a week, ms. */
function duration(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? 0);
  if (ms > 0 && ms <= longestMs) return ms;
  throw new InvalidArgumentError("write it like 90s, 30m or 2h; at most a week");
}

async function setPower(
  id: string,
  options: HearthOptions & { readonly watts: number; readonly for: number },
): Promise<void> {
  const hearth = hearthOf(options);
  // By the site's clock: a virtual home's is another one.
  const { now } = await hearth.call(siteRoutes.site, {});
  const until = new Date(Date.parse(now) + options.for).toISOString();
  const body = { watts: options.watts, until };
  const heater = heaterIn(await hearth.call(heaterCommandRoutes.setPower, { params: { id }, body }), id);
  const { powers } = await hearth.call(heaterRoutes.heater, { params: { id } });
  const { setpointWatts } = heater;
  const words = sayPower({ asked: options.watts, until, setpointWatts, powers });
  say(options.json, heater, `${heaterLine(heater).trim()} (${words})`);
}

type HeaterRoute = Exclude<
  (typeof heaterCommandRoutes)[keyof typeof heaterCommandRoutes],
  typeof heaterCommandRoutes.setPower
>;

/** A command that a heater is given through the hearth; it tells what the heater does then. */
function addCommand(device: Command, word: string, description: string, route: HeaterRoute): void {
  addHearthOptions(device.command(`${word} <id>`))
    .description(description)
    .action(async (id: string, options: HearthOptions) => {
      const site = await hearthOf(options).call(route, { params: { id } });
      const heater = heaterIn(site, id);
      say(options.json, heater, heaterLine(heater).trim());
    });
}

async function readDevice(id: string, options: ReadOptions): Promise<void> {
  const hearth = hearthIfAny(options);
  if (hearth) {
    const heater = heaterIn(await hearth.call(siteRoutes.site, {}), id);
    return say(options.json, heater, heaterLine(heater).trim());
  }
  const clock = hostClock(globalThis);
  const credentials = openCredentialsFile(options.data);
  const contextOf = deviceContexts(
    {
      clock,
      random: seededRandom(clock.now()),
      startMiner: async (order) => startMiner({ ...order, clock }),
      secret: (name) => credentials.secret(name),
    },
    () => {},
  );
  const told = await testDevice(await configuredDevice(options.config, id), contextOf(id), clock);
  if (!told.ok) throw new HearthworkError({ code: "device/no-answer", message: `${id}: ${told.message}` });
  say(options.json, told, `${id}: ${told.message}`);
}

function heaterIn({ heaters }: SiteView, id: string): SiteView["heaters"][number] {
  const heater = heaters.find((one) => one.id === id);
  if (heater) return heater;
  throw new HearthworkError({
    code: "api/not-found",
    message: `There is no heater "${id}"; there are ${heaters.map((one) => one.id).join(", ") || "none"}`,
    data: { id },
  });
}
