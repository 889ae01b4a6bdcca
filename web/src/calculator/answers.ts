import { z } from "zod";
import { type AnswerKey, answerKeys, type AnswerSearch } from "./answerSearch.ts";
import { climateNames } from "./climates.ts";

// The page's policy lets nobody make code of text, and zod would try.
z.config({ jitless: true });

const number = (min: number, max: number, usual: number) =>
  z.coerce.number().min(min).max(max).default(usual);

/** What a home is asked for, each with what is usual; limits are those of the study. */
const questions = {
  climate: z.enum(climateNames as [string, ...string[]]).default("berlin"),
  area: number(20, 1000, 120),
  insulation: z.enum(["poor", "average", "good"]).default("average"),
  warm: number(15, 26, 20.5),
  people: z.coerce.number().int().min(0).max(12).default(3),
  currency: z.enum(["EUR", "USD", "GBP", "CHF"]).default("EUR"),
  price: number(-1, 5, 0.3),
  instead: z.enum(["gas", "oil", "resistive", "heat-pump", "district"]).default("gas"),
  fuelPrice: number(0, 5, 0.11),
  watts: number(100, 20_000, 3000),
  joules: number(5, 200, 18),
  hashprice: number(0, 500, 35),
  jobs: number(0, 10, 0),
  grid: number(0, 1.5, 0.35),
  pool: number(0, 200, 0),
  cooling: z.enum(["none", "adsorption", "absorption"]).default("none"),
} as const satisfies Record<AnswerKey, z.ZodType>;

const answersSchema = z.object(questions);
export type Answers = z.output<typeof answersSchema>;

export const usualAnswers: Answers = answersSchema.parse({});

/** The answers of an address. What cannot be read is as usual, and is named. */
export function answersOf(search: Readonly<Record<string, unknown>>): {
  readonly answers: Answers;
  readonly unread: readonly AnswerKey[];
} {
  const unread: AnswerKey[] = [];
  const entries = answerKeys.map((key) => {
    const given = search[key];
    const isText = typeof given === "string" || typeof given === "number";
    const read = questions[key].safeParse(isText && given !== "" ? given : undefined);
    if (read.success && (isText || given === undefined)) return [key, read.data] as const;
    unread.push(key);
    return [key, usualAnswers[key]] as const;
  });
  return { answers: Object.fromEntries(entries) as unknown as Answers, unread };
}

/** The address that says these answers. */
export const searchOf = (answers: Answers): AnswerSearch =>
  Object.fromEntries(
    answerKeys.filter((key) => answers[key] !== usualAnswers[key]).map((key) => [key, answers[key]]),
  );
