import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { hostClock } from "../../domain/index.ts";
import { Access, createServer, type Pages, servePages } from "../../http/index.ts";
import type { ArtefactStore } from "../artefacts/artefactStore.ts";
import type { Callers } from "../callers.ts";
import type { PasskeyDesk } from "../people/passkeyDesk.ts";
import type { SignInDesk } from "../people/signInDesk.ts";
import { serveAccounts } from "./accountApi.ts";
import { AccountDoor } from "./accountDoor.ts";
import { servePasskeys } from "./passkeysApi.ts";
import { serveAudit } from "./auditApi.ts";
import { servePeople } from "./peopleApi.ts";
import { serveArtefacts } from "./artefactsApi.ts";
import { type JobsApi, serveJobs } from "./jobsApi.ts";
import { type NetworkApi, serveNetwork } from "./networkApi.ts";
import { type OperatorApi, serveOperator } from "./operatorApi.ts";
import { type ReceiptsApi, serveReceipts } from "./receiptsApi.ts";
import { type ProvidersApi, serveProviders } from "./providersApi.ts";
import { serveTasks } from "./tasksApi.ts";
import { serveStatements } from "./statementsApi.ts";
import { serveVerdicts } from "./verdictsApi.ts";

export interface ExchangeServerParts extends JobsApi, ReceiptsApi, OperatorApi, NetworkApi, ProvidersApi {
  readonly callers: Callers;
  readonly signIn: SignInDesk;
  readonly passkeys: PasskeyDesk;
  readonly artefacts: ArtefactStore;
  readonly version: string;
  /** Without it, whoever is on this machine may use it. */
  readonly access?: Access;
  readonly ways?: { readonly hostNames: readonly string[]; readonly proxies: readonly string[] };
  readonly log?: FastifyBaseLogger;
  /** The built dashboard; without it the API alone is served. */
  readonly pages?: Pages;
}

/** Of its sessions, the owner's and people's alike. */
const cookie = "hearthwork-exchange";

/** An exchange's API and dashboard, ready to listen. */
export async function createExchangeServer(parts: ExchangeServerParts): Promise<FastifyInstance> {
  const { access = new Access({ clock: parts.clock }) } = parts;
  const app = await createServer({
    title: "Hearthwork exchange",
    description: "Jobs, providers and the ledger of an exchange. Times are UTC; money is a decimal string.",
    version: parts.version,
    cookie,
    access,
    others: parts.callers,
    ...parts.ways,
    ...(parts.log ? { log: parts.log } : {}),
  });
  serveArtefacts(app, parts.artefacts);
  serveJobs(app, parts);
  serveTasks(app, parts);
  serveReceipts(app, parts);
  serveStatements(app, parts);
  serveOperator(app, parts);
  serveVerdicts(app, parts);
  serveNetwork(app, parts);
  serveProviders(app, parts);
  const door = new AccountDoor({ ...parts, access, cookie });
  serveAccounts(app, parts, door);
  servePasskeys(app, parts, door);
  servePeople(app, parts);
  serveAudit(app, parts.store);
  if (parts.pages) await servePages(app, parts.pages);
  return app;
}

/** The OpenAPI document of an exchange's API; its version is the API's, not the program's. */
export async function exchangeDocument(): Promise<unknown> {
  // The document is made without asking anything.
  const app = await createExchangeServer({
    version: "1",
    clock: hostClock(globalThis),
    store: {},
  } as ExchangeServerParts);
  await app.ready();
  const document: unknown = app.swagger();
  await app.close();
  return document;
}
