import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { type SigningKey, writeTogether } from "../../agent/index.ts";
import { type FromExchange, leasesText, leaseText } from "../../wire/index.ts";

/** Of a lease's terms none is longer than 4,096 bytes, and a message is 128 KiB at most. */
const mostLeases = 24;

/** What a provider is told. Leases, and that they are settled, are told together with others of the same turn. */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #key: SigningKey;
  readonly #hold: () => void;
  #provider = "";
  #version = 1;
  #leases: string[] = [];
  #settled: number[] = [];

  constructor(socket: WebSocket, wire: Duplex, key: SigningKey) {
    this.#socket = socket;
    this.#key = key;
    this.#hold = writeTogether(wire);
  }

  /** Who listens, and which version of the protocol it speaks. */
  begin(provider: string, version: number): void {
    this.#provider = provider;
    this.#version = version;
  }

  lease(terms: string): void {
    this.#flushLater();
    this.#leases.push(terms);
  }

  settled(lease: number): void {
    this.#flushLater();
    this.#settled.push(lease);
  }

  say(message: FromExchange): void {
    this.#flush();
    this.#send(message);
  }

  #flushLater(): void {
    if (this.#leases.length + this.#settled.length === 0) process.nextTick(() => this.#flush());
  }

  /** What is settled goes first: it makes room for what is leased. */
  #flush(): void {
    const [settled, leases] = [this.#settled, this.#leases];
    this.#settled = [];
    this.#leases = [];
    if (this.#version === 1) {
      for (const lease of settled) this.#send({ type: "settled", lease });
      for (const terms of leases) {
        this.#send({ type: "lease", terms, signature: this.#key.sign(leaseText(this.#provider, terms)) });
      }
      return;
    }
    if (settled.length > 0) this.#send({ type: "settlements", leases: settled });
    for (let at = 0; at < leases.length; at += mostLeases) {
      const some = leases.slice(at, at + mostLeases);
      this.#send({
        type: "leases",
        leases: some,
        signature: this.#key.sign(leasesText(this.#provider, some)),
      });
    }
  }

  #send(message: FromExchange): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#hold();
    this.#socket.send(JSON.stringify(message), () => {});
  }
}
