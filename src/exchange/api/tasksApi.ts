import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Currency, JobId } from "../../domain/index.ts";
import { receiptIdOf } from "../../energy/index.ts";
import type { ExchangeStore, StoredAttempt, StoredTask } from "../../store/index.ts";
import { type AttemptView, taskRoutes, tasksPage, toMoney } from "../../wire/index.ts";
import { readerOf } from "../callers.ts";
import type { JobDesk } from "../jobDesk.ts";

export interface TasksApi {
  readonly desk: JobDesk;
  readonly store: ExchangeStore;
  readonly currency: Currency;
}

const judged: ReadonlySet<StoredAttempt["state"]> = new Set(["accepted", "confirmed", "wrong"]);

export function serveTasks(app: FastifyInstance, { desk, store, currency }: TasksApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({
    ...taskRoutes.jobTasks,
    async handler(request) {
      const { id: job } = await desk.job(readerOf(request), JobId(request.params.id));
      const tasks = await store.tasks({ job, ...request.query, limit: tasksPage });
      const last = tasks.at(-1);
      return {
        tasks: tasks.map((task) => taskView(task, job, currency)),
        next: last && tasks.length === tasksPage ? last.index + 1 : null,
      };
    },
  });
}

const taskView = ({ attempts, ...task }: StoredTask, job: JobId, currency: Currency) => ({
  ...task,
  attempts: attempts.map(({ madeAt, returnedAt, price, kind, ...attempt }): AttemptView => ({
    ...attempt,
    kind: kind as AttemptView["kind"],
    price: toMoney(price, currency),
    beganAt: new Date(madeAt).toISOString(),
    returnedAt: returnedAt === null ? null : new Date(returnedAt).toISOString(),
    receipt: judged.has(attempt.state) ? receiptIdOf({ job, lease: attempt.lease }) : null,
  })),
});
