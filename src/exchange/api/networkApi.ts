import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { type Clock, Seconds } from "../../domain/index.ts";
import { liveStreams } from "../../http/index.ts";
import { bookRoutes, networkRoutes, type NetworkView } from "../../wire/index.ts";
import { isOperator } from "../callers.ts";
import type { BookDesk } from "../bookDesk.ts";
import type { NetworkDesk } from "../networkDesk.ts";

export interface NetworkApi {
  readonly network: NetworkDesk;
  readonly book: BookDesk;
  readonly clock: Clock;
}

const tellEvery = Seconds(1);
/** Also when nothing changes: who hears nothing for longer takes the connection for broken. */
const longestSilence = Seconds(10);

export function serveNetwork(app: FastifyInstance, { network, book, clock }: NetworkApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.route({ ...networkRoutes.network, handler: async () => network.view() });
  api.route({
    ...networkRoutes.presences,
    handler: async (request) => network.presences(request.query, isOperator(request)),
  });
  api.route({ ...bookRoutes.book, handler: () => book.view() });
  const streams = liveStreams(() => [{ event: "network", data: network.view() }]);
  app.route({
    ...networkRoutes.live,
    handler: async (request, reply) => streams.open(request, reply),
  });
  const closing = new AbortController();
  app.addHook("onReady", async () => void tell());
  app.addHook("preClose", async () => {
    closing.abort();
    streams.close();
  });

  async function tell(): Promise<void> {
    let [told, toldAt] = ["", clock.monotonic()];
    while (!closing.signal.aborted) {
      await clock.sleep(tellEvery, closing.signal);
      if (streams.count() === 0) continue;
      const view = network.view();
      const facts = factsOf(view);
      if (facts === told && clock.monotonic() - toldAt < longestSilence) continue;
      [told, toldAt] = [facts, clock.monotonic()];
      streams.send("network", view);
    }
  }
}

/** What of a view is worth telling: all but when it was made. */
const factsOf = ({ at: _at, ...facts }: NetworkView): string => JSON.stringify(facts);
