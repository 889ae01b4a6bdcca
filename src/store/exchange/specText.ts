import { formatMicros, HearthworkError, Micros } from "../../domain/index.ts";
import { type JobSpec, jobSpecSchema } from "../../jobs/index.ts";

/** The same texts are read in every round of matching. */
const parsedSpecs = new Map<string, Omit<JobSpec, "bid">>();
const mostParsed = 2000;

function rememberSpec(text: string, spec: Omit<JobSpec, "bid">): void {
  if (parsedSpecs.size >= mostParsed) parsedSpecs.clear();
  parsedSpecs.set(text, spec);
}

/** @throws {HearthworkError} `store/damaged` when a job is not as it was written */
export function specOf({ id, spec, bid }: { id: string; spec: string; bid: string }): JobSpec {
  const known = parsedSpecs.get(spec);
  if (known) return { ...known, bid: Micros(BigInt(bid)) };
  const parsed = jobSpecSchema.omit({ bid: true }).safeParse(JSON.parse(spec));
  if (parsed.success) {
    rememberSpec(spec, parsed.data);
    return { ...parsed.data, bid: Micros(BigInt(bid)) };
  }
  throw new HearthworkError({
    code: "store/damaged",
    message: `job ${id} is not as it was written; put a backup of the database in its place`,
    data: { id },
    cause: parsed.error,
  });
}

/** As the table keeps it, its bid apart. */
export function textOf({ bid: _bid, ...spec }: JobSpec): string {
  const { patientBid } = spec;
  const text = JSON.stringify({
    ...spec,
    patientBid: patientBid === undefined ? undefined : formatMicros(patientBid),
  });
  rememberSpec(text, spec);
  return text;
}
