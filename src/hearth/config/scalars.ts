import { z } from "zod";
import {
  Celsius,
  idPattern,
  messageOf,
  parseMicros,
  requireTimezone,
  Seconds,
  Watts,
  weekdays,
} from "../../domain/index.ts";

/** Text or number through a constructor that throws when it is no such value. */
const through = <Raw, Value>(make: (raw: Raw) => Value) =>
  z.transform((raw: Raw, issues) => {
    try {
      return make(raw);
    } catch (thrown) {
      issues.issues.push({ code: "custom", message: messageOf(thrown), input: raw });
      return z.NEVER;
    }
  });

export const id = z.string().regex(idPattern, "use 1 to 48 lower-case letters, digits and inner hyphens");
export const celsius = (min: number, max: number) => z.number().min(min).max(max).transform(Celsius);
export const watts = (max: number) => z.number().min(0).max(max).transform(Watts);
export const seconds = (min: number, max: number) => z.number().min(min).max(max).transform(Seconds);
export const minutes = (min: number, max: number) =>
  z
    .number()
    .min(min)
    .max(max)
    .transform((value) => Seconds(value * 60));
export const localTime = z
  .string()
  .refine((text) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text), 'write it like "06:30", in quotes');

export const weeklySpan = {
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...weekdays]),
  from: localTime,
  to: localTime,
};

export const timezone = z.string().pipe(
  through((text: string) => {
    requireTimezone(text);
    return text;
  }),
);

export const price = z.union([z.string(), z.number()]).pipe(through((text) => parseMicros(String(text))));
