import { parse } from "yaml";
import { z } from "zod";
import { climateSchema, syntheticYear, type WeatherYear } from "../../../src/heat/index.ts";
import { messageOf } from "../../../src/domain/index.ts";
import { studyHome } from "../../../src/lab/browser.ts";
import { climateText } from "./climates.ts";
import { fileOf } from "./homeFile.ts";
import { openSolvers } from "./openSolvers.ts";
import type { StudyReply, StudyRequest } from "./messages.ts";

// The page's policy lets nobody make code of text, and zod would try.
z.config({ jitless: true });

const seed = 1;
const years = new Map<string, WeatherYear>();

async function yearOf(name: string): Promise<WeatherYear> {
  const known = years.get(name);
  if (known) return known;
  const year = syntheticYear(climateSchema.parse(parse(await climateText(name))), seed);
  years.set(name, year);
  return year;
}

const page = globalThis as unknown as Pick<Worker, "postMessage">;
const say = (reply: StudyReply) => page.postMessage(reply, []);

async function study({ id, answers, extent, isPlanned }: StudyRequest): Promise<void> {
  try {
    const year = await yearOf(answers.climate);
    const report = await studyHome({
      file: fileOf(answers),
      weather: year,
      extent,
      solvers: isPlanned ? await openSolvers() : [],
      onProgress: ({ share }) => say({ id, kind: "progress", done: share, of: 1 }),
    });
    say({ id, kind: "report", report });
  } catch (thrown) {
    say({ id, kind: "failed", message: messageOf(thrown) });
  }
}

addEventListener("message", ({ data }: MessageEvent<StudyRequest>) => void study(data));
