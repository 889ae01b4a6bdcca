import { randomBytes } from "node:crypto";
import { type ClientOptions, WebSocket } from "ws";
import { newKey, signingKey } from "../../src/agent/index.ts";
import {
  type FromExchange,
  fromExchangeSchema,
  helloText,
  type LeaseTerms,
  signedTermsSchema,
  type ToExchange,
} from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";

export type Hello = Extract<ToExchange, { type: "hello" }>;

/** A provider of which each message is written by hand. */
export class RawProvider {
  readonly heard: FromExchange[] = [];
  /** While it works. */
  readonly leased: LeaseTerms[] = [];
  closed: number | undefined;
  readonly #socket: WebSocket;
  readonly #kept = newKey();

  constructor(url: string, options: ClientOptions = {}) {
    this.#socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/provider`, options);
    this.#socket.on("message", (data) =>
      this.heard.push(fromExchangeSchema.parse(JSON.parse((data as Buffer).toString()))),
    );
    this.#socket.on("error", () => {});
    this.#socket.on("close", (code) => (this.closed = code));
  }

  /** A hello that is right, but for what is changed of it. */
  async hello(change: Partial<Hello> = {}): Promise<Hello> {
    const { key, nonce } = await this.hears("challenge");
    const own = signingKey(this.#kept);
    const mine = randomBytes(24).toString("base64url");
    return {
      type: "hello",
      versions: [1],
      key: own.publicKey,
      signature: own.sign(helloText(key, nonce, mine)),
      nonce: mine,
      kind: "datacenter",
      name: "by hand",
      offer: { steps: [{ slots: 1, perClassHour: "0.02" }], memoryMiB: 64 },
      leases: [],
      ...change,
    };
  }

  /** Joins; gives its id. */
  async join(): Promise<string> {
    this.say(await this.hello());
    return (await this.hears("welcome")).provider;
  }

  /** From now on gives an output for each lease, in base64. */
  works(outputOf: (terms: LeaseTerms) => string): void {
    this.#socket.on("message", (data) => {
      const message = fromExchangeSchema.parse(JSON.parse((data as Buffer).toString()));
      if (message.type !== "lease") return;
      const terms = signedTermsSchema.parse(message.terms);
      this.leased.push(terms);
      this.say({ type: "result", lease: terms.lease, output: outputOf(terms), seconds: 1 });
    });
  }

  say(message: ToExchange | object | string): void {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  hears<T extends FromExchange["type"]>(type: T): Promise<Extract<FromExchange, { type: T }>> {
    return until(`a ${type}, after ${JSON.stringify(this.heard.at(-1))}`, 10_000, () =>
      this.heard.find((message): message is Extract<FromExchange, { type: T }> => message.type === type),
    );
  }

  /** With which code the exchange closed the connection. */
  ended(): Promise<number> {
    return until("the end of the connection", 10_000, () => this.closed);
  }

  close(): void {
    this.#socket.terminate();
  }
}
