import type { ConsumerId, Instant, JobId, ProviderId } from "../../domain/index.ts";
import type { AccountId, Placement, Posting } from "../../market/index.ts";
import { type DataDirLock, lockDataDir } from "../dataDirLock.ts";
import type { Database } from "../database.ts";
import { toFault } from "../faults.ts";
import { migrate } from "../migrate.ts";
import { openDatabase, usualPatienceMs } from "../openDatabase.ts";
import { askingOn, stepwise } from "../prepared.ts";
import type { StoreOptions } from "../store.ts";
import { endJobs, type JobEnd, readJobs, readResults } from "./jobs.ts";
import { appeal, readWrongVerdicts } from "./appeals.ts";
import { closeAppeals } from "./appealVerdicts.ts";
import { orderCanaries } from "./canaries.ts";
import { type NewestLines, readNewestLines, readReserves } from "./accounts.ts";
import { endForgottenJobs, endLateJobs } from "./endings.ts";
import {
  expireLeases,
  type Failed,
  failLeases,
  makeFirstLeases,
  makeLeases,
  readWork,
  renewLeases,
} from "./leases.ts";
import { keepReceipts, type NewReceipt, readJudgedLeases } from "./receipts.ts";
import { closeRechecks, lapseRechecks, orderRechecks } from "./rechecks.ts";
import { type Returned, takeResults } from "./results.ts";
import { releaseHeld } from "./standings.ts";
import {
  amountPosted,
  balanceBefore,
  balanceOf,
  foldPostings,
  post,
  readBalances,
  readStatement,
} from "./ledger.ts";
import { exchangeMigrations } from "./migrations.ts";
import {
  admitProvider,
  holdIdentity,
  isConsumer,
  openConsumer,
  providerOfToken,
  readProviders,
  readProvidersAfter,
  restProvider,
  revokeProvider,
  vouchFor,
} from "./parties.ts";
import { audited, type Deed } from "./people/audit.ts";
import { peopleStore } from "./people/peopleStore.ts";
import { type NewJob, submitJobs } from "./submissions.ts";
import type { ExchangeTables } from "./tables.ts";
import { noteConnected, readProviderDays, readProviderVerdicts } from "./providerDays.ts";
import { readTasks, type TasksOf } from "./tasks.ts";
import { hearReplicas, tellReplicas, type WakeUp } from "./wakeUps.ts";

/** At a server, of one replica. */
const connections = 8;

/**
 * Opens the exchange's memory and brings its schema up to date. At a PostgreSQL server several replicas may share it.
 * @throws {HearthworkError} as `openStore`
 */
export async function openExchangeStore(options: StoreOptions, patienceMs = usualPatienceMs) {
  const lock = options.dataDir === undefined ? undefined : lockDataDir(options.dataDir);
  try {
    const database = await openDatabase<ExchangeTables>(options, patienceMs, connections);
    return await exchangeStoreOn(database, options.url, lock);
  } catch (thrown) {
    lock?.release();
    throw thrown;
  }
}

/** Brings the schema up to date; a database in which that fails is closed. */
export async function exchangeStoreOn(
  database: Database<ExchangeTables>,
  url?: string,
  lock?: DataDirLock,
): Promise<ExchangeStore> {
  try {
    await migrate(database, exchangeMigrations, "exchange_version");
  } catch (thrown) {
    await database.close();
    throw toFault(thrown, database.name);
  }
  return exchangeStoreOf(database, url, lock);
}

export type ExchangeStore = ReturnType<typeof exchangeStoreOf>;

/** The store on a database whose schema is up to date. Faults are HearthworkErrors `store/…`. */
function exchangeStoreOf(
  database: Database<ExchangeTables>,
  url: string | undefined,
  lock: DataDirLock | undefined,
) {
  const { db, prepared } = database;
  const plain = stepwise(db);
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw toFault(thrown, database.name);
    }
  };
  return {
    /** Tells the other replicas, where there can be any; they hear it by `hearReplicas`. */
    tellReplicas: (wakeUp: WakeUp) =>
      url === undefined ? Promise.resolve() : guarded(tellReplicas(db, wakeUp)),
    hearReplicas: (hear: (wakeUp: WakeUp) => void) =>
      url === undefined ? Promise.resolve(async () => {}) : hearReplicas(url, hear),
    holdIdentity: (key: string) => guarded(holdIdentity(db, key)),
    admitProvider: (provider: Parameters<typeof admitProvider>[1], shown: string | undefined, at: Instant) =>
      guarded(admitProvider(db, provider, shown, at)),
    providerOfToken: (tokenHash: string) => guarded(providerOfToken(db, tokenHash)),
    providers: () => guarded(readProviders(db)),
    providersAfter: (after: string, limit: number, ids?: readonly ProviderId[]) =>
      guarded(readProvidersAfter(db, after, limit, ids)),
    providerDays: (id: ProviderId, from: number) => guarded(readProviderDays(db, id, from)),
    providerVerdicts: (id: ProviderId, since: Instant, limit: number) =>
      guarded(readProviderVerdicts(db, id, since, limit)),
    noteConnected: (providers: readonly ProviderId[], at: Instant, seconds: number) =>
      guarded(noteConnected(db, providers, at, seconds)),
    revokeProvider: (id: ProviderId, deed?: Deed) =>
      guarded(audited(db, deed, (transaction) => revokeProvider(transaction, id))),
    vouchFor: (id: ProviderId, isVouched: boolean, deed?: Deed) =>
      guarded(audited(db, deed, (transaction) => vouchFor(transaction, id, isVouched))),
    restProvider: (id: ProviderId, until: Instant) => guarded(restProvider(db, id, until)),
    people: peopleStore(database, guarded),
    openConsumer: (id: ConsumerId, at: Instant) => guarded(openConsumer(db, id, at)),
    isConsumer: (id: ConsumerId) => guarded(isConsumer(db, id)),
    submitJobs: (jobs: readonly NewJob[], at: Instant) => guarded(submitJobs(prepared, jobs, at)),
    jobs: (of: Parameters<typeof readJobs>[1]) => guarded(readJobs(db, of)),
    tasks: (of: TasksOf) => guarded(readTasks(db, of)),
    results: (job: JobId, from: number, limit: number) => guarded(readResults(db, job, from, limit)),
    judgedLeases: (of: Parameters<typeof readJudgedLeases>[1]) => guarded(readJudgedLeases(db, of)),
    keepReceipts: (receipts: readonly NewReceipt[]) => guarded(keepReceipts(db, receipts)),
    endJob: (id: JobId, outcome: JobEnd, at: Instant, deed?: Deed) =>
      guarded(
        audited(db, deed, async (transaction) => {
          const [ended] = await endJobs(askingOn(transaction), [id], outcome, at);
          return ended !== undefined;
        }),
      ),
    work: (limit: number) => guarded(readWork(prepared, limit)),
    makeFirstLeases: (placements: readonly Placement[], at: Instant, deadline: Instant) =>
      guarded(makeFirstLeases(prepared, placements, at, deadline)),
    makeLeases: (placements: readonly Placement[], at: Instant, deadline: Instant) =>
      guarded(makeLeases(prepared, placements, at, deadline)),
    takeResults: (results: readonly Returned[], at: Instant) => guarded(takeResults(prepared, results, at)),
    releaseHeld: (before: Instant, at: Instant) => guarded(releaseHeld(plain, before, at)),
    orderRechecks: (newId: () => JobId, at: Instant) => guarded(orderRechecks(db, newId, at)),
    wrongVerdicts: (provider: ProviderId, limit: number) => guarded(readWrongVerdicts(db, provider, limit)),
    appeal: (of: Parameters<typeof appeal>[1], at: Instant, deed?: Deed) =>
      guarded(audited(db, deed, (transaction) => appeal(transaction, of, at))),
    closeAppeals: (at: Instant) => guarded(closeAppeals(db, at)),
    orderCanaries: (newId: () => JobId, at: Instant) => guarded(orderCanaries(db, newId, at)),
    closeRechecks: (at: Instant) => guarded(closeRechecks(db, at)),
    lapseRechecks: (before: Instant) => guarded(lapseRechecks(db, before)),
    failLeases: (failures: readonly Failed[], at: Instant) => guarded(failLeases(prepared, failures, at)),
    expireLeases: (now: Instant, limit: number) => guarded(expireLeases(plain, now, limit)),
    endLateJobs: (now: Instant) => guarded(endLateJobs(db, plain, now)),
    endForgottenJobs: (at: Instant) => guarded(endForgottenJobs(db, plain, at)),
    renewLeases: (provider: ProviderId, leases: readonly number[], deadline: Instant) =>
      guarded(renewLeases(prepared, provider, leases, deadline)),
    post: (postings: readonly Posting[], at: Instant, deed?: Deed) =>
      guarded(audited(db, deed, (transaction) => post(askingOn(transaction), postings, at))),
    amountPosted: (cause: string) => guarded(amountPosted(db, cause)),
    balanceOf: (account: AccountId) => guarded(balanceOf(db, account)),
    balanceBefore: (account: AccountId, at: Instant) => guarded(balanceBefore(db, account, at)),
    statement: (...of: Parameters<typeof readStatement> extends [unknown, ...infer Rest] ? Rest : never) =>
      guarded(readStatement(db, ...of)),
    reserves: (consumer: ConsumerId, limit: number) => guarded(readReserves(db, consumer, limit)),
    newestLines: (of: NewestLines) => guarded(readNewestLines(db, of)),
    balances: () => guarded(readBalances(db)),
    fold: () => guarded(foldPostings(db)),
    async close() {
      await guarded(database.close());
      lock?.release();
    },
  };
}
