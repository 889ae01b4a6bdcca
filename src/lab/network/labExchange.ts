import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { type ExchangeClient, exchangeClient } from "../../client/index.ts";
import type { Clock, Currency } from "../../domain/index.ts";
import { openExchange } from "../../exchange/index.ts";
import { Access, type FrontDoor } from "../../http/index.ts";
import type { ExchangeStore } from "../../store/index.ts";
import { operatorRoutes } from "../../wire/index.ts";

export interface LabExchangeOptions {
  /** Where its key and its artefacts lie. */
  readonly dataDir: string;
  readonly store: ExchangeStore;
  /** Stays its owner's to close, as the store does. */
  readonly door: FrontDoor;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  readonly currency: Currency;
  /** With which its operator is let in; a new one without it. */
  readonly processToken?: string;
}

/** A real exchange in this process, and its operator's client. */
export interface LabExchange {
  /** As providers join it. */
  readonly address: string;
  readonly client: ExchangeClient;
  /** Puts virtual money on the operator's account. */
  fund(amount: string): Promise<void>;
  close(): Promise<void>;
}

export async function openLabExchange(options: LabExchangeOptions): Promise<LabExchange> {
  const { clock, door, processToken = randomBytes(32).toString("base64url") } = options;
  const exchange = await openExchange({
    ...options,
    access: new Access({ clock, processToken }),
    ways: { hostNames: [], proxies: [] },
  });
  const client = exchangeClient({ url: door.localUrl, token: processToken });
  return {
    address: exchange.address,
    client,
    async fund(amount) {
      const reference = `virtual-${randomBytes(6).toString("hex")}`;
      await client.api.call(operatorRoutes.deposit, {
        params: { id: "operator", reference },
        body: { amount },
      });
    },
    close: () => exchange.close(),
  };
}
