import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError, Instant } from "../../domain/index.ts";
import { liveStreams } from "../../http/index.ts";
import type { EventPage, Page } from "../../store/index.ts";
import {
  eventLevels,
  heaterCommandRoutes,
  heaterRoutes,
  type EventQuery,
  type LogQuery,
  outletRoutes,
  ledgerRoutes,
  outsideRoutes,
  planRoutes,
  siteRoutes,
} from "../../wire/index.ts";
import type { SiteService } from "../siteService.ts";
import { historyOf, spanOf } from "./asked.ts";
import { serveTables } from "./serveTables.ts";
import { siteMetrics } from "./siteMetrics.ts";

/** Serves a site's API, live updates, metrics and health. */
export function serveSiteApi(app: FastifyInstance, site: SiteService): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const then = async (done: Promise<void>) => {
    await done;
    return site.view();
  };

  api.route({ ...siteRoutes.site, handler: async () => site.view() });
  api.route({
    ...siteRoutes.setOverride,
    handler: ({ params, body }) => then(site.setOverride(params.id, body)),
  });
  api.route({ ...siteRoutes.clearOverride, handler: ({ params }) => then(site.clearOverride(params.id)) });
  api.route({ ...heaterCommandRoutes.stopHeater, handler: ({ params }) => then(site.stopHeater(params.id)) });
  api.route({
    ...heaterCommandRoutes.resumeHeater,
    handler: ({ params }) => then(site.resumeHeater(params.id)),
  });
  api.route({ ...heaterRoutes.heater, handler: async ({ params }) => site.heater(params.id) });
  api.route({ ...heaterCommandRoutes.tryHeater, handler: ({ params }) => then(site.tryHeater(params.id)) });
  api.route({
    ...heaterCommandRoutes.trustHeater,
    handler: ({ params }) => then(site.trustHeater(params.id)),
  });
  api.route({
    ...heaterCommandRoutes.setPower,
    handler: ({ params, body }) => then(site.setPower(params.id, body)),
  });
  api.route({ ...heaterCommandRoutes.clearPower, handler: ({ params }) => then(site.clearPower(params.id)) });
  api.route({
    ...siteRoutes.history,
    handler: ({ query }) => site.history(...historyOf(query)),
  });
  serveTables(app, site);
  api.route({ ...outsideRoutes.forecast, handler: async ({ query }) => site.forecast(query.hours) });
  api.route({ ...ledgerRoutes.ledger, handler: ({ query }) => site.ledger(query.months) });
  api.route({
    ...ledgerRoutes.intervals,
    handler: ({ query }) => site.ledgerIntervals(...spanOf(query.from, query.to, 8)),
  });
  api.route({ ...planRoutes.plan, handler: async () => site.plan() });
  api.route({ ...planRoutes.whatIf, handler: ({ body }) => site.whatIf(body) });
  api.route({
    ...siteRoutes.events,
    handler: async ({ query }) => ({ events: [...(await site.events(eventPageOf(query)))] }),
  });
  api.route({
    ...siteRoutes.decisions,
    handler: async ({ query }) => ({ decisions: [...(await site.decisions(pageOf(query)))] }),
  });
  api.route({ ...outletRoutes.testAlarms, handler: () => site.testAlarms() });
  api.route({
    ...siteRoutes.setSpeed,
    handler: async ({ body }) => {
      if (!site.setSpeed) {
        throw new HearthworkError({
          code: "api/conflict",
          message: "This home is real: its time runs as time does",
        });
      }
      site.setSpeed(body.speed);
      return site.view();
    },
  });
  api.route({
    ...siteRoutes.health,
    handler: async ({ grant }, reply) => {
      const health = site.health();
      const { ok } = health;
      const told = grant
        ? health
        : { ok, lastTickAgeSeconds: null, message: ok ? "the loop runs" : "the loop does not run" };
      return reply.code(ok ? 200 : 503).send(told);
    },
  });
  serveLive(app, site);
  const metrics = siteMetrics(site);
  app.get("/metrics", { schema: { hide: true }, config: { isOpenLocally: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}

function serveLive(app: FastifyInstance, site: SiteService): void {
  const streams = liveStreams(() => [{ event: "site", data: site.view() }]);
  const leave = site.onChange((view) => streams.send("site", view));
  app.addHook("preClose", async () => {
    leave();
    streams.close();
  });
  app.route({ ...siteRoutes.live, handler: (request, reply) => streams.open(request, reply) });
}

const pageOf = ({ before, subject, text, limit }: LogQuery): Page => ({
  ...(before === undefined ? {} : { before: Instant(Date.parse(before)) }),
  ...(subject === undefined ? {} : { subject }),
  ...(text === undefined ? {} : { text }),
  limit,
});

const eventPageOf = (query: EventQuery): EventPage => ({
  ...pageOf(query),
  ...(query.level === undefined ? {} : { levels: eventLevels.slice(eventLevels.indexOf(query.level)) }),
});
