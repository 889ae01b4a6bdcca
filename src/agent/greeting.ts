import { randomBytes } from "node:crypto";
import process from "node:process";
import { type Currency, HearthworkError } from "../domain/index.ts";
import {
  type FromExchange,
  helloText,
  type OfferText,
  protocolVersions,
  type ToExchange,
  welcomeText,
  type providerKinds,
} from "../wire/index.ts";
import { fingerprintOf, isSignedBy, type SigningKey } from "./signingKey.ts";

export interface Introduction {
  readonly key: SigningKey;
  readonly kind: (typeof providerKinds)[number];
  readonly name: string;
  /** The country that it is in, ISO 3166-1, where its owner says so. */
  readonly region?: string | undefined;
  /** Of its prices, where they are in one of its own; an exchange of another refuses it. */
  readonly currency?: Currency | undefined;
}

type Challenge = Extract<FromExchange, { type: "challenge" }>;
type Welcome = Extract<FromExchange, { type: "welcome" }>;

/** One connection's mutual proof of keys: the exchange asks, the provider answers, the exchange answers. */
export class Greeting {
  readonly #who: Introduction;
  readonly #fingerprint: string;
  readonly #nonce = randomBytes(24).toString("base64url");
  #exchangeKey: string | undefined;

  constructor(who: Introduction, fingerprint: string) {
    this.#who = who;
    this.#fingerprint = fingerprint;
  }

  /** @throws {HearthworkError} `provider/another-exchange` when its key is not the one of the address */
  answer(
    { key, nonce }: Challenge,
    now: {
      readonly offer: OfferText;
      readonly leases: number[];
      readonly token: string | undefined;
      readonly join: string | undefined;
      readonly watts: number | undefined;
    },
  ): ToExchange {
    if (fingerprintOf(key) !== this.#fingerprint) {
      throw anotherExchange("it shows another key than the address names");
    }
    this.#exchangeKey = key;
    return {
      type: "hello",
      versions: [...protocolVersions],
      key: this.#who.key.publicKey,
      signature: this.#who.key.sign(helloText(key, nonce, this.#nonce)),
      nonce: this.#nonce,
      kind: this.#who.kind,
      name: this.#who.name,
      machine: [process.platform, process.arch, `v8-${process.versions.v8}`].join("/"),
      ...(this.#who.region === undefined ? {} : { region: this.#who.region }),
      ...(this.#who.currency === undefined ? {} : { currency: this.#who.currency }),
      offer: now.offer,
      leases: now.leases,
      ...(now.token === undefined ? {} : { token: now.token }),
      ...(now.join === undefined ? {} : { join: now.join }),
      ...(now.watts === undefined ? {} : { watts: now.watts }),
    };
  }

  /**
   * @returns the exchange's key, with which it signs leases
   * @throws {HearthworkError} `provider/another-exchange` unless it proves that it has it
   */
  welcomed({ signature }: Welcome): string {
    const key = this.#exchangeKey;
    if (key !== undefined && isSignedBy(key, welcomeText(this.#who.key.publicKey, this.#nonce), signature)) {
      return key;
    }
    throw anotherExchange("it does not prove that it has its key");
  }
}

const anotherExchange = (why: string) =>
  new HearthworkError({
    code: "provider/another-exchange",
    message: `who answers there is not the exchange of this address: ${why}`,
  });
