import { createHash, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { type Clock, ConsumerId, HearthworkError, type ProviderId } from "../domain/index.ts";
import type { ExchangeStore } from "../store/index.ts";
import { gather } from "./gather.ts";

/** The account under which the exchange's operator submits jobs. */
export const operator = ConsumerId("operator");

const mark = "hwc_";
const mostKeys = 256;

/** What of a secret is kept. */
export const secretHash = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Who asks for something that consumers may: somebody with a consumer's key, or the operator. */
export class Callers {
  readonly #store: ExchangeStore;
  readonly #clock: Clock;
  readonly #consumerOfKey: (keyHash: string) => Promise<ConsumerId | undefined>;

  constructor(store: ExchangeStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#consumerOfKey = gather(mostKeys, async (keyHashes) => {
      const known = await store.consumersOfKeys(keyHashes);
      return (keyHash) => known.get(keyHash);
    });
  }

  /** Sees to it that the operator has an account. */
  async begin(): Promise<void> {
    if (await this.#store.isConsumer(operator)) return;
    await this.open(operator).catch((thrown: unknown) => {
      // Another replica was first.
      if (!(thrown instanceof HearthworkError) || thrown.code !== "api/conflict") throw thrown;
    });
  }

  /**
   * Opens a consumer's account.
   * @returns its key, which is told this once
   * @throws {HearthworkError} `api/conflict` when the name is taken
   */
  async open(id: ConsumerId): Promise<string> {
    const key = `${mark}${randomBytes(32).toString("base64url")}`;
    await this.#store.addConsumer(id, secretHash(key), this.#clock.now());
    return key;
  }

  /** @throws {HearthworkError} `access/login-needed` */
  async consumerOf(request: FastifyRequest): Promise<ConsumerId> {
    if (request.grant?.scope === "owner") return operator;
    const bearer = bearerOf(request);
    const found = bearer?.startsWith(mark) ? await this.#consumerOfKey(secretHash(bearer)) : undefined;
    if (found !== undefined) return found;
    throw new HearthworkError({
      code: "access/login-needed",
      message:
        "This takes a consumer's key as Authorization: Bearer KEY; the exchange's operator gives one out",
    });
  }

  /** Whoever may read artefacts: a provider that is not revoked, or a consumer. */
  async readerOf(request: FastifyRequest): Promise<ConsumerId | ProviderId> {
    const bearer = bearerOf(request);
    if (bearer !== undefined && !bearer.startsWith(mark)) {
      const provider = await this.#store.providerOfToken(secretHash(bearer));
      if (provider) return provider;
    }
    return this.consumerOf(request);
  }
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S{1,200})$/i.exec(headers.authorization ?? "")?.[1];
