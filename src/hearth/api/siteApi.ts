import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { HearthworkError, Instant, type SeriesId } from "../../domain/index.ts";
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
  seriesIdSchema,
  siteRoutes,
} from "../../wire/index.ts";
import type { SiteService } from "../siteService.ts";
import { siteMetrics } from "./siteMetrics.ts";

const maxSeries = 16;
/** Tables at once: each keeps the database busy. */
const maxTables = 2;
const maxSpanMs = 40 * 366 * 86_400_000;

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
    handler: ({ query }) => site.history(seriesOf(query.series), ...spanOf(query.from, query.to)),
  });
  serveCsv(app, site);
  api.route({ ...outsideRoutes.forecast, handler: async ({ query }) => site.forecast(query.hours) });
  api.route({ ...ledgerRoutes.ledger, handler: ({ query }) => site.ledger(query.months) });
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

function serveCsv(app: FastifyInstance, site: SiteService): void {
  let running = 0;
  app.withTypeProvider<ZodTypeProvider>().route({
    ...siteRoutes.historyCsv,
    async handler({ query: { series, from, to, resolution } }, reply) {
      const [wanted, span] = [seriesOf(series), spanOf(from, to)];
      if (running >= maxTables) {
        throw new HearthworkError({
          code: "api/unavailable",
          message: "Other tables are being read; ask again when they are done",
          retry: "later",
        });
      }
      running += 1;
      const leave = () => (running -= 1);
      const table = await site.historyCsv(wanted, ...span, resolution).catch((thrown: unknown) => {
        leave();
        throw thrown;
      });
      const stream = Readable.from(table).once("close", leave);
      const name = `${from.slice(0, 10)}-${to.slice(0, 10)}`;
      // A stream is sent as it comes; the route's schema says what is in it.
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="hearthwork-${name}.csv"`)
        .send(stream as unknown as string);
    },
  });
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

function seriesOf(text: string): SeriesId[] {
  const parts = text.split(",");
  const parsed = parts.map((part) => seriesIdSchema.safeParse(part));
  if (parts.length > maxSeries || parsed.some((one) => !one.success)) {
    throw badRequest(
      `series is a list of 1 to ${maxSeries} ids such as sink/living-room/temperature, separated by commas`,
    );
  }
  return parts as SeriesId[];
}

function spanOf(from: string, to: string): [Instant, Instant] {
  const [start, end] = [Instant(Date.parse(from)), Instant(Date.parse(to))];
  if (end <= start) throw badRequest("to must be later than from");
  if (end - start > maxSpanMs) throw badRequest("from and to are too far apart; ask for at most 40 years");
  return [start, end];
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

const badRequest = (message: string) => new HearthworkError({ code: "api/bad-request", message });
