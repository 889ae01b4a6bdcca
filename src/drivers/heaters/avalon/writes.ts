import { HearthworkError } from "../../../domain/index.ts";
import type { CgminerReply } from "../../cgminer/cgminerReply.ts";
import type { CgminerLine } from "../../cgminer/cgminerLine.ts";
import type { AvalonMode } from "./models.ts";
import type { AvalonState } from "./readAvalon.ts";

/** What became of a write: that it did as told is for the next look to say. In words where it did not. */
export type Written =
  | { readonly outcome: "told" }
  | { readonly outcome: "busy"; readonly why: string }
  | { readonly outcome: "refused"; readonly why: string };

/** From the device's own time on that it is to be off or on, s: sooner ones are not known to be taken. */
const ahead = 5;

/** `softoff` and `softon` take the time at which to act, by the device's own clock. */
export async function writeSoft(
  line: CgminerLine,
  which: "softoff" | "softon",
  deviceTime: number,
  signal: AbortSignal,
): Promise<Written> {
  return tell(line, `0,${which},1:${Math.round(deviceTime) + ahead}`, signal);
}

/** By mode, by mode and level, or by level alone, as the device knows it. */
export function writeMode(
  line: CgminerLine,
  { mode, level }: AvalonMode,
  { setBy }: AvalonState,
  signal: AbortSignal,
): Promise<Written> {
  const parameter = level === undefined ? `0,${setBy},set,${mode}` : `0,work_mode_lvl,set,${mode},${level}`;
  return tell(line, parameter, signal);
}

async function tell(line: CgminerLine, parameter: string, signal: AbortSignal): Promise<Written> {
  let reply: CgminerReply;
  try {
    reply = await line.ask("ascset", parameter, signal);
  } catch (thrown) {
    // It may act and hang up: what it did is seen at the next look.
    const hungUp = thrown instanceof HearthworkError && thrown.code === "device/no-answer" && !signal.aborted;
    if (hungUp) return { outcome: "told" };
    throw thrown;
  }
  const { kind, message = "" } = { kind: reply.status?.kind, message: reply.status?.message };
  if (/caling|calibrat/i.test(message))
    return { outcome: "busy", why: "it calibrates and takes no new mode" };
  const isTaken = kind === "S" || (kind === "I" && /success/i.test(message));
  if (isTaken) return { outcome: "told" };
  const words = message.replace(/\p{Cc}/gu, " ").slice(0, 120);
  return { outcome: "refused", why: `it refuses ${parameter.split(",")[1]}: ${words || "without a word"}` };
}
