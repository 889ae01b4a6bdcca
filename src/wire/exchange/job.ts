import { z } from "zod";
import { digestPattern, idPattern } from "../../domain/index.ts";
import { digest, jobSpecSchema } from "../../jobs/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";

export const jobStates = ["open", "done", "failed", "cancelled"] as const;

const jobId = z.string().regex(idPattern);

export const jobViewSchema = z
  .object({
    id: jobId,
    consumer: z.string(),
    name: z.string(),
    state: z.enum(jobStates),
    why: z.string().nullable().describe("Of a job that failed or was cancelled"),
    createdAt: instant,
    deadline: instant,
    tasks: z.object({
      count: z.int(),
      waiting: z.int(),
      running: z.int(),
      done: z.int(),
      failed: z.int(),
    }),
    quote: moneySchema.describe("What it can cost at most; set aside before it begins"),
    cost: moneySchema.describe("What it has cost so far"),
    replaced: z
      .array(z.int())
      .max(1000)
      .describe(
        "Tasks whose results were found wrong after they had been believed: what others found stands there now. The first 1000; fetch them again",
      ),
  })
  .meta({ id: "Job" });
export type JobView = z.output<typeof jobViewSchema>;

const jobQuoteSchema = z
  .object({
    atMost: moneySchema.describe("What would be set aside: every task at its bid, and checked"),
    tasks: z.int(),
    cheapest: moneySchema.nullable().describe("Of a task, whatever is bid; null where nobody could run it"),
    now: z
      .object({
        tasks: z.int(),
        least: moneySchema.nullable(),
        most: moneySchema.nullable(),
      })
      .describe("How many tasks would begin at once, were it alone, and what one would cost"),
  })
  .meta({ id: "JobQuote" });
export type JobQuote = z.output<typeof jobQuoteSchema>;

const jobListSchema = z
  .object({
    jobs: z.array(jobViewSchema),
    next: jobId.nullable().describe("Give it as `before` for what is older"),
  })
  .meta({ id: "JobList" });

const taskViewSchema = z.object({
  index: z.int(),
  digest: z.string().regex(digestPattern).describe("SHA-256 of its output"),
  output: z.base64(),
  provider: z.string(),
  price: moneySchema,
  seconds: z.number().describe("That it ran"),
  before: z
    .string()
    .regex(digestPattern)
    .nullable()
    .describe("SHA-256 of what stood there before it was found wrong; null: nothing did"),
});

const resultsSchema = z
  .object({
    results: z.array(taskViewSchema),
    next: z.int().nullable().describe("Give it as `from` for what follows"),
  })
  .meta({ id: "JobResults" });

const page = 100;
const jobs = 50;

const artefact = z.object({ digest });
const artefactStateSchema = z
  .object({
    isWhole: z.boolean(),
    bytes: z.int().describe("That are here; an upload goes on from there"),
  })
  .meta({ id: "Artefact" });

/** Where the parts of an artefact are sent to (PUT, `?offset=` and `&total=` in bytes), and it is had from (GET). */
export const artefactUrl = (of: string): string => `/api/v1/artefacts/${of}`;
/** Of one part of an artefact. */
export const maxPartBytes = 4 * 1024 * 1024;
const read = { config: { scope: "jobs:read" } } as const;
const write = { config: { scope: "jobs:write" } } as const;

/** What a consumer does: its artefacts, its jobs, their results. */
export const jobRoutes = {
  artefactState: {
    method: "GET",
    url: "/api/v1/artefacts/:digest/state",
    ...write,
    schema: {
      summary: "Whether an artefact is here, or how much of it",
      params: artefact,
      response: { 200: artefactStateSchema, ...problems },
    },
  },
  submitJob: {
    method: "POST",
    url: "/api/v1/jobs",
    ...write,
    schema: {
      summary: "Takes a job whose artefacts are here, and sets aside what it may cost",
      body: jobSpecSchema.meta({ id: "JobSpec" }),
      response: { 200: jobViewSchema, ...problems },
    },
  },
  quoteJob: {
    method: "POST",
    url: "/api/v1/jobs/quote",
    ...read,
    schema: {
      summary: "What a job would cost by what is asked now; nothing is taken or set aside",
      body: jobSpecSchema.meta({ id: "JobSpec" }),
      response: { 200: jobQuoteSchema, ...problems },
    },
  },
  listJobs: {
    method: "GET",
    url: "/api/v1/jobs",
    ...read,
    schema: {
      summary: `The newest jobs, ${jobs} at a time`,
      querystring: z.object({
        before: jobId.optional(),
        all: z.stringbool().default(false).describe("Everybody's; for operators"),
      }),
      response: { 200: jobListSchema, ...problems },
    },
  },
  job: {
    method: "GET",
    url: "/api/v1/jobs/:id",
    ...read,
    schema: {
      summary: "A job",
      params: z.object({ id: jobId }),
      response: { 200: jobViewSchema, ...problems },
    },
  },
  cancelJob: {
    method: "DELETE",
    url: "/api/v1/jobs/:id",
    ...write,
    schema: {
      summary: "Ends a job; what it did not cost goes back",
      params: z.object({ id: jobId }),
      response: { 200: jobViewSchema, ...problems },
    },
  },
  jobResults: {
    method: "GET",
    url: "/api/v1/jobs/:id/results",
    ...read,
    schema: {
      summary: `The tasks that are done, by index, ${page} at a time`,
      params: z.object({ id: jobId }),
      querystring: z.object({ from: z.coerce.number().int().nonnegative().default(0) }),
      response: { 200: resultsSchema, ...problems },
    },
  },
} as const;

export const resultsPage = page;
export const jobsPage = jobs;
