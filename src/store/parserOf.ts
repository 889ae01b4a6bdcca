import { types } from "pg";

const int8 = 20;

/** Our 64-bit integers are times and counters, which a number holds exactly. */
export function parserOf(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  return oid === int8 ? Number : (types.getTypeParser(oid, format) as (text: string) => unknown);
}
