import { z } from "zod";
import { HearthworkError } from "../../domain/index.ts";
import { parseDamagedJson } from "./parseDamagedJson.ts";

/** One row of a section, as the device names its values. */
export type CgminerRow = Readonly<Record<string, unknown>>;

export interface CgminerStatus {
  /** Success, information, warning, error, fatal. */
  readonly kind: "S" | "I" | "W" | "E" | "F";
  readonly message: string;
  /** The device's own time, epoch s. */
  readonly when: number | undefined;
}

/** What a device of the cgminer family said to one command. */
export interface CgminerReply {
  /** Undefined where the reply was cut off before it or the firmware gives none. */
  readonly status: CgminerStatus | undefined;
  /** Rows by the name of their section, like `SUMMARY`. */
  readonly sections: Readonly<Record<string, readonly CgminerRow[]>>;
}

const row = z.record(z.string(), z.unknown());
const statusRow = z.object({
  STATUS: z.enum(["S", "I", "W", "E", "F"]),
  Msg: z.string().catch(""),
  When: z.number().optional().catch(undefined),
});

/**
 * Reads the text of a reply to one command.
 * @throws {HearthworkError} `device/garbage` when it makes no sense; worth trying later.
 */
export function readReply(text: string): CgminerReply {
  return replyIn(parseDamagedJson(text)) ?? refuseGarbage(text);
}

/**
 * Reads the text of a reply to joined commands. Undefined when a part is missing: then they are asked singly.
 * @throws {HearthworkError} `device/garbage`
 */
export function readJoinedReply<Command extends string>(
  text: string,
  commands: readonly Command[],
): Readonly<Record<Command, CgminerReply>> | undefined {
  const whole = row.safeParse(parseDamagedJson(text)).data ?? refuseGarbage(text);
  const parts = commands.map((command) => {
    const part = whole[command];
    return [command, replyIn(Array.isArray(part) ? part[0] : part)] as const;
  });
  if (parts.some(([, reply]) => reply === undefined)) return undefined;
  return Object.fromEntries(parts) as Record<Command, CgminerReply>;
}

/** The value as a finite number; numbers in strings count, `"inf"` and `"nan"` do not. */
export function numberIn(from: CgminerRow | undefined, key: string): number | undefined {
  const value = from?.[key];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

export function textIn(from: CgminerRow | undefined, key: string): string | undefined {
  const value = from?.[key];
  return typeof value === "string" ? value : undefined;
}

function replyIn(document: unknown): CgminerReply | undefined {
  const whole = row.safeParse(document).data;
  if (!whole) return undefined;
  const listed = Array.isArray(whole["STATUS"]) ? (whole["STATUS"] as unknown[])[0] : whole;
  const found = statusRow.safeParse(listed).data;
  const status = found && { kind: found.STATUS, message: found.Msg, when: found.When };
  const sections: Record<string, readonly CgminerRow[]> = {};
  for (const [name, value] of Object.entries(whole)) {
    if (name === "STATUS" || !Array.isArray(value)) continue;
    sections[name] = value.flatMap((one): readonly CgminerRow[] => {
      const { data } = row.safeParse(one);
      return data ? [data] : [];
    });
  }
  return status || Object.keys(sections).length > 0 ? { status, sections } : undefined;
}

function refuseGarbage(text: string): never {
  const start = text.slice(0, 60).replace(/\p{Cc}/gu, "·");
  throw new HearthworkError({
    code: "device/garbage",
    message: `its answer makes no sense: "${start}"`,
    retry: "later",
  });
}
