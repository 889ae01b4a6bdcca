import { askLine, type LineAddress } from "../transports/askLine.ts";
import { inTime } from "../transports/inTime.ts";
import { takeTurns } from "../transports/takeTurns.ts";
import { type CgminerReply, readJoinedReply, readReply } from "./cgminerReply.ts";
import { cgminerReplyEnd } from "./replyEnd.ts";

/** The API of one device of the cgminer family, asked one question at a time, each over a connection of its own. */
export interface CgminerLine {
  /** @throws {HearthworkError} `device/no-answer`, `device/too-long`, `device/garbage`, all worth trying later. */
  ask(command: string, parameter: string | undefined, signal: AbortSignal): Promise<CgminerReply>;
  /**
   * Several reports, joined into one question where the device can; most can, from API 3.1 on.
   * @throws {HearthworkError} as `ask` does
   */
  askAll<Command extends string>(
    commands: readonly Command[],
    signal: AbortSignal,
  ): Promise<Readonly<Record<Command, CgminerReply>>>;
}

const withinMs = 5000;
/** The statistics of a miner with three boards take some 60 KiB. */
const longest = 524_288;

/** After so many questions that it could not take joined, it is asked singly. */
const mostRefusedJoins = 3;

export function openCgminerLine(address: LineAddress): CgminerLine {
  const inTurn = takeTurns();
  let refusedJoins = 0;

  const send = (request: object, signal: AbortSignal) =>
    inTurn(
      () => askLine(address, JSON.stringify(request), signal, { longest, end: cgminerReplyEnd() }),
      signal,
    );
  const ask: CgminerLine["ask"] = (command, parameter, signal) =>
    inTime(withinMs, signal, async (limited) =>
      readReply(await send(parameter === undefined ? { command } : { command, parameter }, limited)),
    );

  /** Undefined of a device that answers, but not this. */
  const askJoined = <Command extends string>(commands: readonly Command[], signal: AbortSignal) =>
    inTime(withinMs, signal, async (limited) => {
      try {
        return readJoinedReply(await send({ command: commands.join("+") }, limited), commands);
      } catch (thrown) {
        if (limited.aborted) throw thrown;
        return undefined;
      }
    });

  return {
    ask,
    async askAll<Command extends string>(commands: readonly Command[], signal: AbortSignal) {
      if (refusedJoins < mostRefusedJoins) {
        const joined = await askJoined(commands, signal);
        if (joined) return joined;
      }
      const replies: [string, CgminerReply][] = [];
      for (const command of commands) replies.push([command, await ask(command, undefined, signal)]);
      refusedJoins += 1;
      return Object.fromEntries(replies) as Readonly<Record<Command, CgminerReply>>;
    },
  };
}
