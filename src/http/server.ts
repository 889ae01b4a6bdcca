import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from "fastify";
import {
  createJsonSchemaTransform,
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import { HearthworkError, hostClock } from "../domain/index.ts";
import { Access } from "./access/access.ts";
import { guardAccess, type Others } from "./access/guardAccess.ts";
import { serveAccess } from "./access/serveAccess.ts";
import { withScopes } from "./withScopes.ts";
import { withOneSchemaPerName } from "./withOneSchemaPerName.ts";
import { withOwnSchemas } from "./withOwnSchemas.ts";
import { guardBrowsers } from "./guardBrowsers.ts";
import { bodyLimitKib, longestParameter, type RouterProblem, routerProblem } from "./routerProblems.ts";

export interface ServerOptions {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** Host names under which browsers may reach it, beside its addresses. */
  readonly hostNames?: readonly string[];
  /** Addresses of proxies that are believed about who is behind them. */
  readonly proxies?: readonly string[];
  /** Who may use it; without it, whoever is on this machine. */
  readonly access?: Access;
  /** The name of its sessions' cookie, its own among our servers. */
  readonly cookie: string;
  /** Who else may use it, each by rights of its own. */
  readonly others?: Others;
  readonly log?: FastifyBaseLogger;
}

const statusOf: Readonly<Record<string, number>> = {
  "api/not-found": 404,
  "api/bad-request": 400,
  "api/conflict": 409,
  "api/unavailable": 503,
  "scan/not-a-subnet": 400,
  "scan/public": 400,
  "scan/too-large": 400,
  "scan/no-network": 409,
  "config/invalid": 400,
  "config/changed": 409,
  "config/missing": 409,
  "config/virtual": 409,
  "driver/unsafe": 400,
  "plug/too-weak": 400,
  "site/unsafe": 400,
  "site/not-set-up": 409,
  "config/uneditable": 409,
  "api/forbidden": 403,
  "artefact/wrong": 400,
  "job/unknown-artefact": 409,
  "job/bad-module": 400,
  "job/too-late": 400,
  "market/too-little": 409,
  "access/login-needed": 401,
  "access/wrong-password": 401,
  "access/not-allowed": 403,
  "access/weak-password": 400,
  "access/too-many-tries": 429,
  "access/bad-invitation": 403,
  "access/last-way-in": 409,
  "passkey/refused": 403,
};

/**
 * What is behind a front door, with the set-up that all of ours share: zod at the border, the OpenAPI document at
 * `/api/openapi.json`, its human page at `/api/docs`, problems as JSON, browsers held to their own origin, login, sessions and tokens.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(options.log ? { loggerInstance: options.log } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitKib * 1024,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (thrown, _request, reply) => {
      const problem = routerProblem(thrown) ?? { status: 500, code: "api/fault", message: "It failed" };
      void sendProblem(reply, problem);
    },
  });
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const { hostNames = [], proxies = [], cookie } = options;
  const access = options.access ?? new Access({ clock: hostClock(globalThis) });
  guardBrowsers(app, { hostNames, proxies });
  const guard = { access, cookie, ...(options.others ? { others: options.others } : {}) };
  guardAccess(app, guard);
  answerProblems(app);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: options.title, description: options.description, version: options.version },
    },
    transform: withScopes(createJsonSchemaTransform({ skipList: ["/api/docs", "/api/openapi.json"] })),
    transformObject: (input) => withOwnSchemas(withOneSchemaPerName(jsonSchemaTransformObject(input))),
  });
  await app.register(fastifySwaggerUi, { routePrefix: "/api/docs", staticCSP: true });
  serveAccess(app, guard);
  app.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
  return app;
}

const sendProblem = (reply: FastifyReply, { status, code, message }: RouterProblem) =>
  reply.code(status).send({ code, message });

function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(thrown)) {
      const where = thrown.validation.map((issue) => `${issue.instancePath || "/"} ${issue.message ?? ""}`);
      return reply.code(400).send({
        code: "api/bad-request",
        message: `The ${thrown.validationContext ?? "request"} is not as the API document says: ${where.join("; ")}`,
      });
    }
    if (thrown instanceof HearthworkError) {
      const status = statusOf[thrown.code] ?? (thrown.retry === "later" ? 503 : 500);
      if (status >= 500) request.log.error({ err: thrown }, thrown.message);
      return reply.code(status).send({ code: thrown.code, message: thrown.message, data: thrown.data });
    }
    const problem = routerProblem(thrown);
    if (problem) return sendProblem(reply, problem);
    request.log.error({ err: thrown }, "a request failed");
    return reply.code(500).send({
      code: "api/fault",
      message: "The server failed at this request; its log says why",
    });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      code: "api/not-found",
      message: `There is no ${request.method} ${request.url.slice(0, 200)}; see /api/docs`,
    }),
  );
}
