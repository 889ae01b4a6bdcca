import { type Logger, pino } from "pino";

const levelNames: Readonly<Record<number, string>> = { 30: "", 40: "warning ", 50: "error ", 60: "fatal " };
const plumbing = new Set(["level", "time", "pid", "hostname", "msg", "err"]);

/** A log for people on stderr, or for programs as JSON lines on stdout. */
export function openLog({ json }: { readonly json: boolean }): Logger {
  if (json) return pino({ base: null }, process.stdout);
  return pino({ base: null }, { write: (line: string) => process.stderr.write(`${forPeople(line)}\n`) });
}

function forPeople(line: string): string {
  const entry = JSON.parse(line) as Record<string, unknown>;
  const at = new Date(Number(entry["time"])).toTimeString().slice(0, 8);
  const extra = Object.entries(entry)
    .filter(([key]) => !plumbing.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("");
  const error = entry["err"] as { message?: string } | undefined;
  const cause = error?.message && !String(entry["msg"]).includes(error.message) ? `: ${error.message}` : "";
  return `${at} ${levelNames[Number(entry["level"])] ?? ""}${String(entry["msg"])}${cause}${extra}`;
}
