import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { configRoutes, deviceRoutes, virtualHomeRoutes } from "../../wire/index.ts";
import type { SiteDesk } from "../siteDesk.ts";

type Headers = { readonly "if-match"?: string | undefined };

/** A client may send the tag in quotes, as HTTP has it. */
const etagIn = (headers: Headers) => headers["if-match"]?.replaceAll(/^(W\/)?"|"$/g, "");

/** Serves what an owner arranges: the configuration, devices, the virtual home. */
export function serveDeskApi(app: FastifyInstance, desk: SiteDesk): void {
  serveConfig(app, desk);
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({ ...deviceRoutes.drivers, handler: async () => desk.drivers() });
  api.route({ ...deviceRoutes.testDevice, handler: ({ body }) => desk.testDevice(body) });
  api.route({ ...deviceRoutes.scan, handler: () => desk.scan.view() });
  api.route({ ...deviceRoutes.startScan, handler: ({ body }) => desk.scan.start(body) });
  api.route({ ...deviceRoutes.stopScan, handler: () => desk.scan.stop() });
  api.route({ ...virtualHomeRoutes.virtualHome, handler: async () => desk.virtualHome.view() });
  api.route({ ...virtualHomeRoutes.enterVirtualHome, handler: async () => desk.virtualHome.enter() });
  api.route({ ...virtualHomeRoutes.leaveVirtualHome, handler: () => desk.virtualHome.leave() });
}

function serveConfig(app: FastifyInstance, desk: SiteDesk): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({ ...configRoutes.config, handler: () => desk.config.view() });
  api.route({
    ...configRoutes.writeConfig,
    handler: ({ body, headers }) => desk.config.write(body.text, etagIn(headers)),
  });
  api.route({ ...configRoutes.createConfig, handler: ({ body }) => desk.config.create(body) });
  api.route({ ...configRoutes.checkConfig, handler: ({ body }) => desk.config.check(body.text) });
  api.route({ ...configRoutes.undoConfig, handler: ({ headers }) => desk.config.undo(etagIn(headers)) });
  api.route({
    ...configRoutes.setSite,
    handler: ({ body, headers }) => desk.config.setSite(body, etagIn(headers)),
  });
  api.route({
    ...configRoutes.setExchange,
    handler: ({ body, headers }) => desk.config.setExchange(body, etagIn(headers)),
  });
  api.route({
    ...configRoutes.leaveExchange,
    handler: ({ headers }) => desk.config.leaveExchange(etagIn(headers)),
  });
  api.route({
    ...configRoutes.setComfort,
    handler: ({ params, body, headers }) => desk.config.setComfort(params.id, body, etagIn(headers)),
  });
  api.route({
    ...configRoutes.setSink,
    handler: ({ params, body, headers }) => desk.config.setEntry("sinks", params.id, body, etagIn(headers)),
  });
  api.route({
    ...configRoutes.removeSink,
    handler: ({ params, headers }) => desk.config.removeEntry("sinks", params.id, etagIn(headers)),
  });
  api.route({
    ...configRoutes.setHeater,
    handler: ({ params, body, headers }) => desk.config.setEntry("heaters", params.id, body, etagIn(headers)),
  });
  api.route({
    ...configRoutes.removeHeater,
    handler: ({ params, headers }) => desk.config.removeEntry("heaters", params.id, etagIn(headers)),
  });
}
