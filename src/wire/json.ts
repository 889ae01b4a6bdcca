import { z } from "zod";

/** Any value that JSON can hold: what hearth.yaml says under keys that only a driver knows. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const deepest = 16;

const isJson = (value: unknown, depth = 0): value is Json => {
  if (depth > deepest) return false;
  if (typeof value !== "object" || value === null) {
    return value === null || ["string", "number", "boolean"].includes(typeof value);
  }
  return Object.values(value).every((item) => isJson(item, depth + 1));
};

/** Its types are listed by hand: a schema that refers to itself is more than the client's generator can follow. */
export const jsonSchema = z
  .custom<Json>((value) => isJson(value), `must be JSON, nested at most ${deepest} deep`)
  .meta({
    id: "Json",
    type: ["string", "number", "boolean", "null", "array", "object"],
    additionalProperties: true,
  });

/** One section of hearth.yaml, key by key. */
export const entrySchema = z.record(z.string().max(100), jsonSchema).meta({ id: "Entry" });
export type Entry = z.infer<typeof entrySchema>;
