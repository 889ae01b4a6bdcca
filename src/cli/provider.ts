import { availableParallelism, freemem, hostname } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type Agent,
  type AgentEvent,
  hostMeter,
  openRapl,
  parseExchangeAddress,
  startAgent,
} from "../agent/index.ts";
import { HearthworkError, hostClock, Seconds, seededRandom, type WeeklySpan } from "../domain/index.ts";
import { assumedPower } from "../energy/index.ts";
import { openProviderKey } from "../hearth/index.ts";
import { amount } from "../jobs/index.ts";
import { wasmRunner } from "../runtimes/index.ts";
import { lockDataDir } from "../store/index.ts";
import { operatorRoutes, type ProviderList, providerKinds, regionCode } from "../wire/index.ts";
import { addExchangeOptions, exchangeOf, type ExchangeClientOptions } from "./askExchange.ts";
import { followHours, hoursOf } from "./offeredHours.ts";
import { openLog } from "./log.ts";
import { addDataOptions, type DataOptions, say, wholeNumber } from "./siteOptions.ts";
import { addVerdictCommands } from "./providerVerdicts.ts";
import { addStatementCommand } from "./statement.ts";
import { untilSignal } from "./untilSignal.ts";

interface JoinOptions extends DataOptions {
  readonly kind: (typeof providerKinds)[number];
  readonly name: string;
  readonly region?: string;
  readonly slots: number;
  readonly price: string;
  readonly memory: number;
  readonly idleWatts?: number;
  readonly fullWatts?: number;
  readonly pue: number;
  readonly gridGrams?: number;
  readonly hours?: WeeklySpan;
  /** Tasks that the watts are enough for. */
  readonly watts?: number;
}

const grace = Seconds(30);
const bytesPerMiB = 1_048_576;

export function addProviderCommand(program: Command): void {
  const provider = program.command("provider").description("Offer compute to an exchange, or see who does.");

  addDataOptions(provider.command("join <address>"))
    .description("Offer this machine's compute, under a key of its own, until it is told to stop.")
    .addOption(
      new Option("--kind <kind>", "what it is")
        .choices(providerKinds.filter((kind) => kind !== "browser"))
        .default("datacenter"),
    )
    .option("--name <name>", "what it is called there", hostname().slice(0, 80) || "provider")
    .addOption(
      new Option("--region <code>", "the country that it shows, like AT (ISO 3166-1)").argParser(regionOf),
    )
    .addOption(
      new Option("--slots <n>", "tasks at once")
        .argParser(wholeNumber(1, 256))
        .default(availableParallelism()),
    )
    .addOption(
      new Option("--price <amount>", "what an hour of a core costs, in the exchange's currency")
        .argParser(priceOf)
        .default("0.02"),
    )
    .addOption(
      new Option("--memory <MiB>", "what one task may use")
        .argParser(wholeNumber(1, 1_048_576))
        .default(Math.max(64, Math.floor(freemem() / bytesPerMiB / 2 / availableParallelism()))),
    )
    .addOption(watts("--idle-watts <W>", "what the machine draws at rest, for the receipts"))
    .addOption(watts("--full-watts <W>", "what it draws at full work; no claim beyond it is believed"))
    .addOption(
      new Option("--pue <ratio>", "what the room around it takes beside it, cooling among it")
        .argParser(numberFrom(1, 4))
        .default(1),
    )
    .addOption(
      new Option("--grid-grams <g>", "what a kWh emits there, g CO2e, for the receipts").argParser(
        numberFrom(0, 3000),
      ),
    )
    .addOption(
      new Option("--hours <from-to>", "of each day in which tasks may run, like 22:00-06:00").argParser(
        hoursOf,
      ),
    )
    .addOption(
      new Option(
        "--watts <all/each>",
        "the most that all tasks together may draw, and what each takes, like 300/60",
      ).argParser(tasksWithin),
    )
    .addHelpText(
      "after",
      `
The exchange prints its address when it starts; the part after # is its key's fingerprint, and who cannot prove that
key is left at once. Tasks are WebAssembly modules in processes of their own: they can compute, and nothing else.

Examples:
  hearthwork provider join http://127.0.0.1:7421/#0123456789abcdef0123456789abcdef --data ./provider
  hearthwork provider join https://exchange.example:7421/#… --slots 8 --price 0.015

Ctrl-C stops it: it takes nothing new, and gives back what is not done within ${grace} s. A second Ctrl-C ends it at
once.`,
    )
    .action(joinExchange);

  addExchangeOptions(provider.command("token"))
    .description("Print an address with which machines join as those of your account there.")
    .addOption(
      new Option("--machines <n>", "that may join with it within a day")
        .argParser(wholeNumber(1, 1000))
        .default(1),
    )
    .action(async ({ machines, ...options }: ExchangeClientOptions & { readonly machines: number }) => {
      const made = await exchangeOf(options).api.call(operatorRoutes.joinToken, { body: { machines } });
      say(options.json, made, made.address);
    });

  addStatementCommand(provider, "providers");
  addVerdictCommands(provider);

  addExchangeOptions(provider.command("list"))
    .description("Show who joined your exchange.")
    .action(async (options: ExchangeClientOptions) => {
      const list = await exchangeOf(options).api.call(operatorRoutes.providers, {});
      say(options.json, list, listed(list));
    });

  addExchangeOptions(provider.command("vouch <id>"))
    .description("Answer for a provider, such as a machine of your own: its results are not checked.")
    .option("--not", "answer for it no more")
    .action(async (id: string, options: ExchangeClientOptions & { readonly not?: true }) => {
      const isVouched = options.not !== true;
      const list = await exchangeOf(options).api.call(operatorRoutes.vouch, {
        params: { id },
        body: { isVouched },
      });
      say(options.json, list, listed(list));
    });

  addExchangeOptions(provider.command("revoke <id>"))
    .description("Let a provider's key in no more.")
    .action(async (id: string, options: ExchangeClientOptions) => {
      const list = await exchangeOf(options).api.call(operatorRoutes.revokeProvider, { params: { id } });
      say(options.json, list, `The provider ${id} is let in no more.`);
    });
}

const watts = (flags: string, description: string) =>
  new Option(flags, description).argParser(numberFrom(1, 1_000_000));

function numberFrom(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`give a number from ${min} to ${max}`);
  };
}

function regionOf(text: string): string {
  const parsed = regionCode.safeParse(text.toUpperCase());
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError("It must be a country's code of ISO 3166-1, like AT.");
}

function priceOf(text: string): string {
  if (amount.safeParse(text).success) return text;
  throw new InvalidArgumentError("give an amount like 0.02, with at most six decimals");
}

/** How many tasks such watts are enough for. */
function tasksWithin(text: string): number {
  const [, all = "", each = ""] = /^([1-9]\d{0,5})\/([1-9]\d{0,4})$/.exec(text) ?? [];
  if (all !== "" && Number(all) >= Number(each)) return Math.floor(Number(all) / Number(each));
  throw new InvalidArgumentError("give the watts of all tasks and of each, like 300/60");
}

const listed = ({ providers }: ProviderList): string =>
  providers
    .map(
      ({
        id,
        name,
        kind,
        isConnected,
        isRevoked,
        isVouched,
        owner,
        streak,
        wrong,
        running,
        slots,
        earned,
        held,
      }) => {
        const state = isRevoked ? "revoked" : isConnected ? `${running} of ${slots} slots busy` : "away";
        const belief = isVouched ? "vouched for" : `${streak} right in a row, ${wrong} wrong`;
        const money = `earned ${earned.amount} ${earned.currency}, ${held.amount} held back`;
        return [id, name, kind, owner === null ? "nobody's" : `${owner}'s`, state, belief, money].join("  ");
      },
    )
    .join("\n") || "Nobody has joined yet.";

async function joinExchange(address: string, options: JoinOptions): Promise<void> {
  const exchange = parseExchangeAddress(address);
  const log = openLog({ json: options.json === true });
  const clock = hostClock(globalThis);
  const lock = lockDataDir(options.data);
  const runner = wasmRunner();
  try {
    const known = openProviderKey(options.data);
    const token = known.tokenOf(exchange.fingerprint);
    const slots = Math.min(options.slots, options.watts ?? Infinity);
    const offerNow = (isTime: boolean) => ({
      steps: isTime && slots > 0 ? [{ slots, perClassHour: options.price }] : [],
      memoryMiB: options.memory,
    });
    const timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hours = followHours(options.hours, {
      clock,
      timezone,
      tell: (isTime) => agent.offer(offerNow(isTime)),
    });
    const agent = startAgent({
      exchange,
      key: known.key,
      kind: options.kind,
      name: options.name,
      region: options.region,
      offer: offerNow(hours.isTime()),
      runner,
      ...meterOf(options),
      clock,
      random: seededRandom(clock.now()),
      ...(token === undefined ? {} : { token }),
      onToken: (fresh) => known.keepToken(exchange.fingerprint, fresh),
      onEvent: (event) => tell(log, event),
    });
    const confinement = await runner.confinement;
    log.info(
      confinement.kind === "bubblewrap"
        ? "tasks run under bubblewrap: they see no network and none of your files"
        : `tasks run under Node's permissions alone (${confinement.why}); bubblewrap would keep them off the network, too`,
    );
    await untilOver(agent, log);
    hours.close();
  } finally {
    await runner.close();
    lock.release();
  }
}

/** What tells what tasks draw: this machine's own counter where it may be read, else what is declared of it. */
function meterOf({ idleWatts, fullWatts, slots, pue, gridGrams }: JoinOptions) {
  const cores = availableParallelism();
  const assumed = assumedPower(cores);
  const power = {
    idleWatts: idleWatts ?? Math.min(assumed.idleWatts, fullWatts ?? Number.POSITIVE_INFINITY),
    fullWatts: fullWatts ?? Math.max(assumed.fullWatts, idleWatts ?? 0),
    cores,
    slots: Math.max(slots, 1),
  };
  const carbon =
    gridGrams === undefined
      ? null
      : { gridGramsPerKwh: gridGrams, marginalGramsPerKwh: gridGrams, instead: null, elsewhere: null };
  return {
    meter: hostMeter({ power, pue, carbon, counter: openRapl() }),
    ...(fullWatts === undefined ? {} : { watts: fullWatts }),
  };
}

async function untilOver(agent: Agent, log: ReturnType<typeof openLog>): Promise<void> {
  const why = await Promise.race([untilSignal(), agent.ended]);
  if (why instanceof HearthworkError) throw why;
  log.info(`${why}: taking nothing new, and giving back what is not done within ${grace} s`);
  await agent.close(grace);
}

function tell(log: ReturnType<typeof openLog>, event: AgentEvent): void {
  switch (event.kind) {
    case "joined":
      return log.info(`joined as ${event.provider}`);
    case "lost":
      return log.warn(`the exchange is away (${event.why}); trying again in ${event.again.toFixed(1)} s`);
    case "leased":
      return log.info(`task ${event.index} of ${event.job} begins`);
    case "settled":
      return log.info(`lease ${event.lease} is settled`);
    case "revoked":
      return log.info(`lease ${event.lease} was taken back: ${event.why}`);
    case "failed":
      return log.warn(`lease ${event.lease} failed: ${event.message}`);
  }
}
