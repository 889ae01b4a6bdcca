import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { fingerprintOf } from "../agent/index.ts";
import type { Clock, Currency, JobId, ProviderId } from "../domain/index.ts";
import { type Access, builtPages, type FrontDoor } from "../http/index.ts";
import type { ExchangeStore } from "../store/index.ts";
import { createExchangeServer } from "./api/exchangeServer.ts";
import { directoryArtefacts } from "./artefacts/artefactStore.ts";
import { BookDesk } from "./bookDesk.ts";
import { Callers } from "./callers.ts";
import { Dispatcher } from "./dispatcher.ts";
import { openIdentity } from "./identity.ts";
import { JobDesk, newJobId } from "./jobDesk.ts";
import { NetworkDesk } from "./networkDesk.ts";
import { noteUptimeUntil } from "./noteUptime.ts";
import { OtherReplicas } from "./otherReplicas.ts";
import { ProviderDesk } from "./providerDesk.ts";
import { ReceiptDesk } from "./receiptDesk.ts";
import { Deeds } from "./people/deeds.ts";
import { forgetUntil } from "./people/forgetOld.ts";
import { PasskeyDesk } from "./people/passkeyDesk.ts";
import { relyingPartyOf } from "./people/relyingParty.ts";
import { SignInDesk } from "./people/signInDesk.ts";
import type { ClaimedEnergy } from "./providers/claimedDraw.ts";
import { ProviderDoor } from "./providers/providerDoor.ts";

export interface ExchangeOptions {
  /** Where the exchange's key and its artefacts lie. */
  readonly dataDir: string;
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  readonly currency: Currency;
  /** Where the API is served and providers connect; it stays its owner's to close. */
  readonly door: FrontDoor;
  readonly access: Access;
  /** Where people's browsers and providers reach it; without it, where it listens. */
  readonly publicUrl?: string;
  readonly ways: { readonly hostNames: readonly string[]; readonly proxies: readonly string[] };
}

export interface Exchange {
  /** What providers join with. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves an exchange: takes jobs, places their tasks on providers, pays for results. The store stays its owner's.
 * @throws {HearthworkError} `exchange/another` when the database is another exchange's
 */
export async function openExchange(options: ExchangeOptions): Promise<Exchange> {
  const { store, clock, log, door, access, ways, currency } = options;
  const key = openIdentity(options.dataDir);
  await store.holdIdentity(key.publicKey);
  const onFault = (thrown: unknown, what: string) => log.error({ err: thrown }, `${what} failed`);
  const deeds = new Deeds(clock);
  const callers = new Callers({ store, clock, deeds, onFault });
  await callers.begin();
  const others = new OtherReplicas({
    store,
    clock,
    onFault: (thrown) => onFault(thrown, "waking the other replicas"),
  });
  const onEnded = (jobs: readonly JobId[]) => {
    providers.revokeJobs(jobs);
    others.tell(jobs);
  };
  const onBanned = (banned: readonly ProviderId[]) => {
    for (const id of banned) {
      log.warn({ provider: id }, "a provider's results were wrong too often: it is banned");
      const ban = deeds.own({
        action: "provider/ban",
        subject: id,
        detail: "its results were wrong too often",
      });
      store.people.note(ban).catch((thrown: unknown) => onFault(thrown, "noting a ban"));
      providers.revoke(id);
    }
  };
  const onReplaced = (results: readonly { readonly job: JobId; readonly index: number }[]) => {
    for (const result of results)
      log.warn(result, "a result was found wrong after its job had it: it is replaced");
  };
  const draw = () => randomInt(2 ** 40) / 2 ** 40;
  const dispatcher = new Dispatcher({ store, clock, draw, onFault, onEnded, onBanned, onReplaced, newJobId });
  const network: NetworkDesk = new NetworkDesk({
    store,
    clock,
    currency,
    version: options.version,
    fingerprint: fingerprintOf(key.publicKey),
    door: () => providers,
  });
  const onResult = (energy: ClaimedEnergy | undefined) => network.note(energy);
  const providers = new ProviderDoor({
    key,
    store,
    dispatcher,
    clock,
    currency,
    deeds,
    guard: ways,
    onFault,
    onResult,
  });
  const onNew = () => {
    dispatcher.kick();
    others.tell();
  };
  const artefacts = directoryArtefacts(join(options.dataDir, "artefacts"));
  const asks = () => dispatcher.asks();
  const desk = new JobDesk({ store, artefacts, clock, asks, onNew, onEnded });

  const publicUrl = options.publicUrl ?? door.url;
  const address = `${publicUrl}/#${fingerprintOf(key.publicKey)}`;
  const receipts = new ReceiptDesk({ store, key, clock, currency });
  const pages = builtPages("exchange.html");
  const app = await createExchangeServer({
    store,
    artefacts,
    callers,
    deeds,
    address,
    signIn: new SignInDesk({ store, clock, deeds }),
    passkeys: new PasskeyDesk({ store, clock, deeds, party: relyingPartyOf(publicUrl) }),
    desk,
    receipts,
    network,
    book: new BookDesk({ store, clock, currency, door: () => providers }),
    providers: new ProviderDesk({ store, clock, currency, door: providers }),
    currency,
    clock,
    door: providers,
    version: options.version,
    access,
    ways,
    log,
    ...(pages ? { pages } : {}),
  });
  dispatcher.start();
  const closed = new AbortController();
  void callers.watchUntil(closed.signal);
  void noteUptimeUntil(closed.signal, { store, clock, onFault, door: providers });
  void forgetUntil(closed.signal, { store, clock, onFault });
  const stopHearing = await others.hear((ended) => {
    providers.revokeJobs(ended);
    dispatcher.kick();
  });
  await door.open(app, (request, socket, head) => providers.upgrade(request, socket, head));
  return {
    address,
    async close() {
      closed.abort();
      await stopHearing();
      providers.close();
      await dispatcher.close();
      await app.close();
    },
  };
}
