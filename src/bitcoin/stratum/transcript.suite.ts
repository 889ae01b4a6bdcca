import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Instant } from "../../domain/index.ts";

/** One side of a connection, as a transcript plays it. */
export interface Player {
  /** A line of the other side. */
  hear(line: string, now: Instant): readonly string[];
  /** Something that happened here, in the words of a line that starts with `!`. */
  happen(words: readonly string[], now: Instant): readonly string[];
}

/**
 * Plays each transcript of a folder. Comments (`#`), times in seconds (`@`), happenings (`!`) and the lines of the
 * other side are played; what the player answers must be what stands there: its own lines, and effects (`*`).
 * Miners' lines start with `>`, pools' with `<`. `vitest -u` writes the answers down anew.
 */
export function describeTranscripts(side: "client" | "server", start: (now: Instant) => Player): void {
  const folder = fileURLToPath(new URL(`golden/${side}/`, import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
  describe(`a ${side}'s transcripts`, () => {
    it("are there", () => {
      expect(files.length).toBeGreaterThan(4);
    });
    it.each(files)("%s", async (file) => {
      const text = readFileSync(folder + file, "utf8");
      await expect(play(text, side, start)).toMatchFileSnapshot(folder + file);
    });
  });
}

function play(text: string, side: "client" | "server", start: (now: Instant) => Player): string {
  const heard = side === "client" ? "<" : ">";
  const kept = text
    .split("\n")
    .filter((line) => line === "" || ["#", "@", "!", heard].includes(line.charAt(0)));
  let now = Instant(1_700_000_000_000);
  const opened = now;
  const player = start(now);
  const transcript = kept.flatMap((line) => {
    const mark = line.charAt(0);
    const rest = line.slice(2);
    if (mark === "@") now = Instant(opened + Number(rest) * 1000);
    else if (mark === "!") return [line, ...player.happen(rest.split(" "), now)];
    else if (mark === heard) return [line, ...player.hear(rest, now)];
    return [line];
  });
  return transcript.join("\n");
}
