import { setTimeout as sleep } from "node:timers/promises";
import type { ExchangeClient, JobToSubmit } from "../client/index.ts";
import { HearthworkError } from "../domain/index.ts";
import { jobRoutes, operatorRoutes } from "../wire/index.ts";
import type { DemoHome } from "./demoHome.ts";
import { type LabExchangeOptions, openLabExchange } from "./network/labExchange.ts";

export type SampleJob = Omit<JobToSubmit, "deadline" | "bid" | "classSeconds">;

export interface DemoExchangeOptions extends Omit<LabExchangeOptions, "currency"> {
  readonly home: Pick<DemoHome, "join">;
  /** Done one after the other, over and over. */
  readonly jobs: readonly SampleJob[];
}

export interface DemoExchange {
  /** As providers join it. */
  readonly address: string;
  close(): Promise<void>;
}

/** What a sample task counts for, about what a core does while a minute a second goes by in the home. */
const classSeconds = 120;
/** 0.036 an hour of a core: more than where it heats is asked, or at night; less than where its heat is dumped by day. */
const bid = "0.0012";
const funds = "1000";
const withinMs = 3600_000;
const lookEveryMs = 3000;
const joinsWithin = 30_000;

/**
 * An exchange beside a virtual home, whose operator answers for it and has sample jobs done for virtual money until it
 * is closed.
 */
export async function openDemoExchange(options: DemoExchangeOptions): Promise<DemoExchange> {
  const { home, jobs, log } = options;
  const exchange = await openLabExchange({ ...options, currency: "EUR" });
  const ended = new AbortController();
  const { client } = exchange;
  const live = async () => {
    await exchange.fund(funds);
    await home.join(exchange.address);
    await vouchForHome(client, ended.signal);
    for (let next = 0; !ended.signal.aborted; next = (next + 1) % jobs.length) {
      const job = jobs[next];
      if (job) await haveDone(client, job, ended.signal);
    }
  };
  const living = live().catch((thrown: unknown) => {
    if (!ended.signal.aborted) log.error({ err: thrown }, "the sample jobs ended");
  });
  return {
    address: exchange.address,
    async close() {
      ended.abort();
      await living;
      await exchange.close();
    },
  };
}

/** There is nobody else who could check what it computes. */
async function vouchForHome({ api }: ExchangeClient, signal: AbortSignal): Promise<void> {
  for (const until = performance.now() + joinsWithin; performance.now() < until;) {
    const { providers } = await api.call(operatorRoutes.providers, {});
    const home = providers.find(({ isConnected }) => isConnected);
    if (home) {
      await api.call(operatorRoutes.vouch, { params: { id: home.id }, body: { isVouched: true } });
      return;
    }
    await sleep(500, undefined, { signal });
  }
  throw new HearthworkError({
    code: "demo/not-joined",
    message: "the virtual home did not join its exchange",
  });
}

async function haveDone(client: ExchangeClient, job: SampleJob, signal: AbortSignal): Promise<void> {
  const deadline = new Date(Date.now() + withinMs).toISOString();
  const { id } = await client.submit({ ...job, bid, classSeconds, deadline });
  for (let state = "open"; state === "open" && !signal.aborted;) {
    await sleep(lookEveryMs, undefined, { signal });
    ({ state } = await client.api.call(jobRoutes.job, { params: { id } }));
  }
}
