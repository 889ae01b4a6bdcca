import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { SiteService } from "../siteService.ts";
import { createSiteServer } from "./siteServer.ts";

let app: FastifyInstance;
let base: string;
const left: string[] = [];

/** Tables that go on until nobody reads them. */
async function* endless(name: string): AsyncGenerator<string> {
  try {
    for (;;) {
      yield `${name}\r\n`.repeat(1000);
      await new Promise(setImmediate);
    }
  } finally {
    left.push(name);
  }
}

async function* short(): AsyncGenerator<string> {
  yield "time,epoch\r\n";
}

beforeAll(async () => {
  const site: Partial<SiteService> = {
    onChange: () => () => {},
    historyCsv: async ([id = "site/none/power"]) => {
      if (id.includes("unknown")) {
        throw new HearthworkError({ code: "api/not-found", message: `There is no series "${id}"` });
      }
      return id.includes("endless") ? endless(id) : short();
    },
    ledgerCsv: short,
  };
  app = await createSiteServer(site as SiteService, {} as SiteDesk, { version: "1" });
  await app.listen({ host: "127.0.0.1", port: 0 });
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/history.csv`;
});
afterAll(() => {
  app.server.closeAllConnections();
  return app.close();
});

const ask = (series: string, signal?: AbortSignal) =>
  fetch(
    `${base}?series=${series}&from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z`,
    signal ? { signal } : {},
  );

describe("a table of the history", () => {
  it("is a file with a name", async () => {
    const reply = await ask("heater/short/power");
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toBe(
      'attachment; filename="hearthwork-2026-11-01-2026-11-08.csv"',
    );
    expect(await reply.text()).toBe("time,epoch\r\n");
  });

  it.each(["", "nonsense", Array.from({ length: 17 }, () => "heater/a/power").join()])(
    "is refused for the series %j",
    async (series) => expect((await ask(series)).status).toBe(400),
  );

  it("is refused for a series that there is not, as often as it is asked", async () => {
    for (let asked = 0; asked < 4; asked++) {
      const reply = await ask("heater/unknown/power");
      expect(reply.status).toBe(404);
      expect(await reply.json()).toMatchObject({ code: "api/not-found" });
    }
  });

  it("is refused while two others are read, and reading one ends with its reader", async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    await ask("heater/endless-one/power", one.signal);
    await ask("heater/endless-two/power", two.signal);
    const third = await ask("heater/short/power");
    expect(third.status).toBe(503);
    expect(await third.json()).toMatchObject({ code: "api/unavailable" });
    one.abort();
    await expect.poll(() => left).toEqual(["heater/endless-one/power"]);
    expect((await ask("heater/short/power")).status).toBe(200);
    two.abort();
    await expect.poll(() => left).toHaveLength(2);
  });
});

describe("a table of the ledger", () => {
  const askLedger = (to: string) =>
    fetch(`${base.replace("history.csv", "ledger/intervals.csv")}?from=2026-11-01T00:00:00Z&to=${to}`);

  it("is a file with a name", async () => {
    const reply = await askLedger("2027-02-01T00:00:00Z");
    expect(reply.headers.get("content-disposition")).toBe(
      'attachment; filename="hearthwork-ledger-2026-11-01-2027-02-01.csv"',
    );
    expect(await reply.text()).toBe("time,epoch\r\n");
  });

  it.each(["2027-02-01T00:00:01Z", "2026-11-01T00:00:00Z"])(
    "is refused for more than 92 days, and for none: up to %s",
    async (to) => expect((await askLedger(to)).status).toBe(400),
  );
});
