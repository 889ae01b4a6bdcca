import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Currency, JobId, type Micros } from "../../domain/index.ts";
import { quoteOf } from "../../market/index.ts";
import type { ExchangeStore, StoredJob } from "../../store/index.ts";
import { jobRoutes, jobsPage, type JobView, resultsPage, toMoney } from "../../wire/index.ts";
import { consumerOf, readerOf } from "../callers.ts";
import type { Deeds } from "../people/deeds.ts";
import type { JobDesk } from "../jobDesk.ts";

export interface JobsApi {
  readonly desk: JobDesk;
  readonly store: ExchangeStore;
  readonly deeds: Deeds;
  readonly currency: Currency;
}

export function serveJobs(app: FastifyInstance, { desk, store, deeds, currency }: JobsApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const viewOf = (job: StoredJob) => jobView(job, currency);
  api.route({
    ...jobRoutes.submitJob,
    handler: async (request) => viewOf(await desk.submit(consumerOf(request), request.body)),
  });
  api.route({
    ...jobRoutes.quoteJob,
    async handler(request) {
      const { tasks, least, most, cheapest } = desk.quote(request.body);
      const money = (amount: Micros | undefined) => (amount === undefined ? null : toMoney(amount, currency));
      return {
        atMost: toMoney(quoteOf(request.body.bid, request.body.tasks), currency),
        tasks: request.body.tasks,
        cheapest: money(cheapest),
        now: { tasks, least: money(least), most: money(most) },
      };
    },
  });
  api.route({
    ...jobRoutes.listJobs,
    async handler(request) {
      const { all, before } = request.query;
      const reader = all ? readerOf(request) : consumerOf(request);
      const jobs = await desk.list(reader, before === undefined ? undefined : JobId(before));
      return { jobs: jobs.map(viewOf), next: jobs.length === jobsPage ? (jobs.at(-1)?.id ?? null) : null };
    },
  });
  api.route({
    ...jobRoutes.job,
    handler: async (request) => viewOf(await desk.job(readerOf(request), JobId(request.params.id))),
  });
  api.route({
    ...jobRoutes.cancelJob,
    async handler(request) {
      const id = JobId(request.params.id);
      const deed = deeds.of(request, { action: "job/cancel", subject: id });
      return viewOf(await desk.cancel(consumerOf(request), id, deed));
    },
  });
  api.route({
    ...jobRoutes.jobResults,
    async handler(request) {
      const id = JobId(request.params.id);
      await desk.job(consumerOf(request), id);
      const results = await store.results(id, request.query.from, resultsPage);
      const last = results.at(-1);
      return {
        results: results.map(({ output, price, ...result }) => ({
          ...result,
          output: Buffer.from(output).toString("base64"),
          price: toMoney(price, currency),
        })),
        next: last && results.length === resultsPage ? last.index + 1 : null,
      };
    },
  });
}

const jobView = (
  { id, consumer, spec, state, why, createdAt, tasks, cost, replaced }: StoredJob,
  currency: Currency,
): JobView => ({
  id,
  consumer,
  name: spec.name,
  state,
  why,
  createdAt: new Date(createdAt).toISOString(),
  deadline: spec.deadline,
  tasks: { count: spec.tasks, ...tasks },
  quote: toMoney(quoteOf(spec.bid, spec.tasks), currency),
  cost: toMoney(cost, currency),
  replaced: [...replaced],
});
