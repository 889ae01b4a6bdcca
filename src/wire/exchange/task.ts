import { z } from "zod";
import { digestPattern, idPattern } from "../../domain/index.ts";
import { failureKinds } from "../../jobs/index.ts";
import { instant } from "../fields.ts";
import { moneySchema } from "../money.ts";
import { problems } from "../problem.ts";
import { providerKinds } from "./provider.ts";

export const taskStates = ["waiting", "running", "done", "failed"] as const;

const attemptSchema = z
  .object({
    lease: z.int().positive(),
    provider: z.string().regex(idPattern),
    kind: z.enum(providerKinds),
    state: z
      .enum(["open", "returned", "accepted", "confirmed", "wrong", "failed"])
      .describe(
        "open: under way; returned: its result waits for another machine's; accepted: its result stands; confirmed: it says the same; wrong: others found it so",
      ),
    price: moneySchema,
    beganAt: instant,
    returnedAt: instant.nullable(),
    seconds: z.number().nullable().describe("That it ran"),
    failure: z.enum(failureKinds).nullable(),
    message: z.string().nullable().describe("Why it failed"),
    receipt: z.string().nullable().describe("Its id, once there is a verdict"),
  })
  .meta({ id: "Attempt" });
export type AttemptView = z.output<typeof attemptSchema>;

const taskSchema = z
  .object({
    index: z.int(),
    state: z.enum(taskStates),
    digest: z.string().regex(digestPattern).nullable().describe("SHA-256 of the output that stands"),
    attempts: z.array(attemptSchema).describe("By whom it was done or tried, the newest last; the last 20"),
  })
  .meta({ id: "Task" });

const tasksSchema = z
  .object({
    tasks: z.array(taskSchema),
    next: z.int().nullable().describe("Give it as `from` for what follows"),
  })
  .meta({ id: "TaskList" });

const page = 50;

/** How each task of a job fares; for its consumer, and for operators. */
export const taskRoutes = {
  jobTasks: {
    method: "GET",
    url: "/api/v1/jobs/:id/tasks",
    config: { scope: "jobs:read" },
    schema: {
      summary: `The tasks of a job by index, ${page} at a time, with everybody who did them or tried`,
      params: z.object({ id: z.string().regex(idPattern) }),
      querystring: z.object({
        from: z.coerce.number().int().nonnegative().default(0),
        state: z.enum(taskStates).optional(),
      }),
      response: { 200: tasksSchema, ...problems },
    },
  },
} as const;

export const tasksPage = page;
