import { type RawData, WebSocket } from "ws";
import {
  type Clock,
  HearthworkError,
  messageOf,
  type Micros,
  parseMicros,
  type Random,
  Seconds,
} from "../domain/index.ts";
import type { TaskMeter } from "../energy/index.ts";
import type { TaskRunner } from "../jobs/index.ts";
import {
  fromExchangeSchema,
  type FromExchange,
  leasesText,
  leaseText,
  maxMessageBytes,
  type OfferText,
  signedTermsSchema,
  slotsOf,
  type ToExchange,
} from "../wire/index.ts";
import { ArtefactCache } from "./artefactCache.ts";
import type { ExchangeAddress } from "./exchangeAddress.ts";
import { Greeting, type Introduction } from "./greeting.ts";
import { HeldLease } from "./heldLease.ts";
import { isSignedBy } from "./signingKey.ts";
import { writeTogether } from "./writeTogether.ts";

export interface AgentOptions extends Introduction {
  readonly exchange: ExchangeAddress;
  /** What it offers to begin with. */
  readonly offer: OfferText;
  readonly runner: TaskRunner;
  /** Tells what each task draws, for its receipt; without it nothing is told. */
  readonly meter?: TaskMeter;
  /** What the machine draws at most, W; a claim beyond it is flagged. */
  readonly watts?: number;
  readonly clock: Clock;
  readonly random: Random;
  /** What the exchange gave when this key joined. */
  readonly token?: string;
  readonly onToken: (token: string) => void;
  readonly onEvent: (event: AgentEvent) => void;
}

export type AgentEvent =
  | { readonly kind: "joined"; readonly provider: string }
  | { readonly kind: "lost"; readonly why: string; readonly again: Seconds }
  | {
      readonly kind: "leased";
      readonly lease: number;
      readonly job: string;
      readonly index: number;
      readonly price: Micros;
    }
  /** The exchange has its result, for which it pays `price` if it is believed; undefined when there was none. */
  | { readonly kind: "settled"; readonly lease: number; readonly price?: Micros | undefined }
  | { readonly kind: "revoked"; readonly lease: number; readonly why: string }
  | { readonly kind: "failed"; readonly lease: number; readonly message: string };

export interface Agent {
  /** Resolves with why, when the exchange will not have it any more. */
  readonly ended: Promise<HearthworkError>;
  /** Offers something else from now on. The exchange is told at most every other second, and only what is new. */
  offer(offer: OfferText): void;
  /** Gives back what is not done within `grace`, and leaves. */
  close(grace: Seconds): Promise<void>;
}

const offerEvery = Seconds(2);
/** The exchange pings every 10 s; a line that is silent for this long is dead. */
const silence = Seconds(35);
const shortestWait = Seconds(0.5);
const longestWait = Seconds(30);
/** Faults after which another try is no use. */
const final = new Set([
  "provider/revoked",
  "provider/unknown-token",
  "provider/version",
  "provider/another-exchange",
  "provider/bad-join-token",
  "provider/currency",
]);

/** Keeps a provider connected to its exchange, and does what it is leased. */
export function startAgent(options: AgentOptions): Agent {
  const running = new RunningAgent(options);
  void running.stayConnected();
  return running;
}

class RunningAgent implements Agent {
  readonly ended: Promise<HearthworkError>;
  readonly #options: AgentOptions;
  readonly #artefacts: ArtefactCache;
  readonly #held = new Map<number, HeldLease>();
  readonly #closing = new AbortController();
  readonly #end: (why: HearthworkError) => void;
  #socket: WebSocket | undefined;
  #hold = () => {};
  #token: string | undefined;
  #provider = "";
  #exchangeKey = "";
  #offered: OfferText;
  /** As it was told last over this connection. */
  #toldOffer = "";
  #isTelling = false;
  #isLeaving = false;
  #lineIsOver: Promise<unknown> = Promise.resolve();

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#offered = options.offer;
    this.#token = options.token;
    this.#artefacts = new ArtefactCache(options.exchange.url);
    const { promise, resolve } = Promise.withResolvers<HearthworkError>();
    this.ended = promise;
    this.#end = resolve;
  }

  async stayConnected(): Promise<void> {
    const { clock, random, onEvent } = this.#options;
    let wait = shortestWait;
    while (!this.#closing.signal.aborted) {
      const line = this.#connectOnce();
      this.#lineIsOver = line;
      const { why, wasWelcome } = await line;
      if (this.#closing.signal.aborted) return;
      if (why instanceof HearthworkError && final.has(why.code)) {
        for (const lease of this.#held.values()) lease.stop();
        return this.#end(why);
      }
      wait = wasWelcome ? shortestWait : Seconds(Math.min(longestWait, wait * 2));
      const again = Seconds(wait * (0.5 + random.next()));
      onEvent({ kind: "lost", why: messageOf(why), again });
      await clock.sleep(again, this.#closing.signal);
    }
  }

  offer(offer: OfferText): void {
    this.#offered = offer;
    if (!this.#isTelling) void this.#tellOffers();
  }

  async #tellOffers(): Promise<void> {
    this.#isTelling = true;
    while (this.#socket && !this.#isLeaving && JSON.stringify(this.#offered) !== this.#toldOffer) {
      this.#tellOffer();
      await this.#options.clock.sleep(offerEvery, this.#closing.signal);
    }
    this.#isTelling = false;
  }

  #tellOffer(): void {
    const offer = this.#offer();
    this.#toldOffer = JSON.stringify(offer);
    this.#say({ type: "offer", offer });
  }

  async close(grace: Seconds): Promise<void> {
    this.#isLeaving = true;
    this.#tellOffer();
    const { clock } = this.#options;
    const deadline = clock.monotonic() + grace;
    while (this.#held.size > 0 && clock.monotonic() < deadline && this.#socket)
      await clock.sleep(Seconds(0.1));
    for (const lease of this.#held.values()) lease.stop();
    const wayOut = clock.monotonic() + 2;
    while (this.#held.size > 0 && clock.monotonic() < wayOut && this.#socket)
      await clock.sleep(Seconds(0.05));
    this.#closing.abort();
    this.#socket?.close();
    await this.#lineIsOver;
  }

  #connectOnce(): Promise<{ readonly why: unknown; readonly wasWelcome: boolean }> {
    const { exchange, clock } = this.#options;
    const greeting = new Greeting(this.#options, exchange.fingerprint);
    const url = `${exchange.url.replace(/^http/, "ws")}/api/v1/provider`;
    const socket = new WebSocket(url, {
      maxPayload: maxMessageBytes,
      perMessageDeflate: false,
      handshakeTimeout: 15_000,
    });
    const over = new AbortController();
    let why: unknown = new Error("the connection closed");
    let wasWelcome = false;
    const drop = (reason: unknown) => {
      why = reason;
      socket.terminate();
    };
    let heard = clock.monotonic();
    socket.on("ping", () => (heard = clock.monotonic()));
    socket.on("upgrade", (reply) => (this.#hold = writeTogether(reply.socket)));
    const watch = async () => {
      while (!over.signal.aborted) {
        await clock.sleep(Seconds(5), over.signal);
        if (clock.monotonic() - heard > silence) drop(new Error("the exchange went silent"));
      }
    };
    void watch();
    socket.on("message", (data) => {
      heard = clock.monotonic();
      try {
        const message = parseMessage(data);
        if (message.type === "welcome") {
          this.#exchangeKey = greeting.welcomed(message);
          wasWelcome = true;
          this.#begin(socket, message, over.signal);
        } else if (message.type === "challenge") {
          this.#toldOffer = JSON.stringify(this.#offer());
          send(socket, greeting.answer(message, this.#present()));
        } else this.#hear(message);
      } catch (thrown) {
        drop(thrown);
      }
    });
    return new Promise((resolve) => {
      socket.on("error", (error) => (why = error));
      socket.on("close", () => {
        over.abort();
        if (this.#socket === socket) this.#socket = undefined;
        resolve({ why, wasWelcome });
      });
    });
  }

  #present() {
    const { watts, exchange } = this.#options;
    const { join } = exchange;
    return { offer: this.#offer(), leases: [...this.#held.keys()], token: this.#token, join, watts };
  }

  #offer(): OfferText {
    return this.#isLeaving ? { ...this.#offered, steps: [] } : this.#offered;
  }

  #begin(socket: WebSocket, welcome: Extract<FromExchange, { type: "welcome" }>, over: AbortSignal): void {
    const { onToken, onEvent } = this.#options;
    this.#socket = socket;
    this.#provider = welcome.provider;
    if (this.#token !== welcome.token) onToken(welcome.token);
    this.#token = welcome.token;
    onEvent({ kind: "joined", provider: welcome.provider });
    this.offer(this.#offered);
    const stillHeld = new Set(welcome.leases);
    for (const [id, lease] of this.#held) {
      if (!stillHeld.has(id)) this.#drop(id, "it ended while the connection was away");
      else if (lease.report) this.#say(lease.report);
    }
    void this.#beat(Seconds(welcome.leaseSeconds / 3), over);
  }

  async #beat(every: Seconds, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await this.#options.clock.sleep(every, over);
      const leases = [...this.#held].map(([lease, { done }]) => ({ lease, done }));
      if (!over.aborted && leases.length > 0) this.#say({ type: "beat", leases });
    }
  }

  #hear(message: Exclude<FromExchange, { type: "welcome" | "challenge" }>): void {
    switch (message.type) {
      case "lease":
        this.#check(leaseText(this.#provider, message.terms), message.signature);
        return this.#takeLease(message.terms);
      case "leases":
        this.#check(leasesText(this.#provider, message.leases), message.signature);
        for (const terms of message.leases) this.#takeLease(terms);
        return;
      case "settled":
        return this.#settle(message.lease);
      case "settlements":
        for (const lease of message.leases) this.#settle(lease);
        return;
      case "revoke":
        return this.#drop(message.lease, message.why);
      case "refused":
        throw new HearthworkError({ code: message.code, message: message.message });
    }
  }

  #settle(lease: number): void {
    const held = this.#held.get(lease);
    this.#held.delete(lease);
    const price = held?.report?.type === "result" ? parseMicros(held.terms.price) : undefined;
    this.#options.onEvent({ kind: "settled", lease, price });
  }

  #check(text: string, signature: string): void {
    if (isSignedBy(this.#exchangeKey, text, signature)) return;
    throw new HearthworkError({
      code: "provider/another-exchange",
      message: "a lease came that the exchange has not signed",
    });
  }

  #takeLease(text: string): void {
    const terms = signedTermsSchema.parse(text);
    if (this.#held.has(terms.lease)) return;
    const { clock, onEvent } = this.#options;
    if (terms.deadline <= clock.now() || this.#held.size >= slotsOf(this.#offer())) {
      return this.#say({
        type: "failure",
        lease: terms.lease,
        kind: "evicted",
        message: "there is no room for it",
      });
    }
    const lease = new HeldLease(terms);
    this.#held.set(terms.lease, lease);
    const { job, index, price } = terms;
    onEvent({ kind: "leased", lease: terms.lease, job, index, price: parseMicros(price) });
    void this.#carryOut(lease);
  }

  async #carryOut(lease: HeldLease): Promise<void> {
    const { runner, clock, meter, key } = this.#options;
    await lease.work({
      runner,
      clock,
      witness: meter && { meter, key, provider: this.#provider, exchange: this.#exchangeKey },
      artefact: (digest) => this.#artefacts.get(digest, this.#token ?? ""),
    });
    const { report } = lease;
    if (!report || this.#held.get(lease.terms.lease) !== lease) return;
    if (report.type === "failure") {
      this.#options.onEvent({ kind: "failed", lease: report.lease, message: report.message });
    }
    this.#say(report);
  }

  #drop(id: number, why: string): void {
    const lease = this.#held.get(id);
    if (!lease) return;
    this.#held.delete(id);
    lease.stop();
    this.#options.onEvent({ kind: "revoked", lease: id, why });
  }

  #say(message: ToExchange): void {
    if (!this.#socket) return;
    this.#hold();
    send(this.#socket, message);
  }
}

const send = (socket: WebSocket, message: ToExchange) => socket.send(JSON.stringify(message), () => {});

function parseMessage(data: RawData): FromExchange {
  const text = (data as Buffer).toString("utf8");
  const parsed = fromExchangeSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new HearthworkError({
    code: "provider/not-understood",
    message: "the exchange said what this version does not understand; is it newer?",
    cause: parsed.error,
  });
}
