import { type Clock, Seconds } from "../../../domain/index.ts";
import type { BrokerConnection } from "../../../drivers/index.ts";
import { allowance } from "../allowance.ts";
import type { OutletContext } from "../outlet.ts";
import { type Command, parseCommand } from "./command.ts";
import { type CommandDesk, commandDesk } from "./commandDesk.ts";
import type { Commanded, DeviceName, Names } from "./names.ts";

type Topics = Pick<BrokerConnection, "add">;

/** Home Assistant may say that it has started as often as it likes; it is answered at most so often. */
const birthBurst = 2;
const birthEvery = Seconds(10);

/** Calls back when Home Assistant has started and so wants to hear everything again. */
export function onBirth(connection: Topics, { birth }: Names, clock: Clock, callBack: () => void): void {
  const mayAnswer = allowance(clock, birthBurst, birthEvery);
  connection.add(birth, {
    onMessage({ payload, retained }) {
      if (retained || payload.length > 16 || Buffer.from(payload).toString() !== "online") return;
      if (mayAnswer.left() === 0) return;
      mayAnswer.spend(1);
      callBack();
    },
    onOversize: () => {},
  });
}

export interface CommandListener {
  readonly connection: Topics;
  readonly names: Names;
  readonly devices: readonly DeviceName[];
  readonly context: OutletContext;
  carryOut(device: DeviceName, command: Command): Promise<void>;
}

const commandedOf = {
  site: [],
  sink: ["mode", "temperature", "preset"],
  heater: ["run", "power", "thermostat"],
} as const;

/** Refusals that are told at once, and then one a minute. */
const refusalBurst = 5;
const refusalEvery = Seconds(60);

/**
 * Takes commands from their topics. One that the broker retained is from before and is not obeyed; one that cannot be
 * read or is not granted is told as an event.
 */
export function listenForCommands(options: CommandListener): CommandDesk {
  const { connection, names, context } = options;
  const refuse = refusals(context);
  const desk = commandDesk({ clock: context.clock, onRefused: refuse });
  const listen = (device: DeviceName, what: Commanded) => {
    const topic = names.command(device, what);
    connection.add(topic, {
      onMessage({ payload, retained }) {
        if (retained) return refuse(topic, "it was retained by the broker; publish it without retain");
        const parsed = parseCommand(what, payload);
        if (parsed.ok) desk.take(topic, () => options.carryOut(device, parsed.command));
        else refuse(topic, parsed.why);
      },
      onOversize: (bytes) => refuse(topic, `it has ${bytes} bytes`),
    });
  };
  for (const device of options.devices) {
    for (const what of commandedOf[device.kind]) listen(device, what);
  }
  return desk;
}

/** Tells of refusals, but not so often that whoever sends nonsense fills the list of events. */
function refusals(context: OutletContext): (topic: string, why: string) => void {
  const mayTell = allowance(context.clock, refusalBurst, refusalEvery);
  let untold = 0;
  return (topic, why) => {
    if (mayTell.left() === 0) {
      untold += 1;
      return;
    }
    mayTell.spend(1);
    const others = untold === 0 ? "" : ` (and ${untold} before)`;
    untold = 0;
    context.tell({
      level: "warning",
      code: "home-assistant/refused",
      subject: "site",
      message: `a command on ${topic} is refused: ${why}${others}`,
    });
  };
}
