import { createHash, randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { fingerprintOf, isSignedBy, type SigningKey } from "../../agent/index.ts";
import {
  type Clock,
  type Currency,
  Digest,
  formatMicros,
  HearthworkError,
  type Instant,
  type JobId,
  messageOf,
  plus,
  ProviderId,
  Seconds,
} from "../../domain/index.ts";
import { type Standing, trustIn } from "../../jobs/index.ts";
import { type Ask, stepsAfter, type TaskDraw } from "../../market/index.ts";
import type { ExchangeStore, Lease, Work } from "../../store/index.ts";
import {
  type FromProvider,
  fromProviderSchema,
  helloText,
  type LeaseTerms,
  maxMessageBytes,
  type Offer,
  protocolVersions,
  slotsOf,
  welcomeText,
} from "../../wire/index.ts";
import { hashOf } from "../../http/index.ts";
import type { Deeds } from "../people/deeds.ts";
import { type Dispatcher, leaseTime, type Seat } from "../dispatcher.ts";
import { Allowance } from "./allowance.ts";
import { Outbox } from "./outbox.ts";
import { ClaimedDraw, type ClaimedEnergy } from "./claimedDraw.ts";

export interface SessionOptions {
  readonly key: SigningKey;
  readonly store: ExchangeStore;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly deeds: Deeds;
  /** Of every price. */
  readonly currency: Currency;
  /** From where it connects. */
  readonly address: string;
  /** That it said who it is. Two connections of one provider cannot be: the newer counts. */
  readonly onAdmitted: (session: ProviderSession) => void;
  /** That a result came, and what its task took and gave where its provider's claim may be true. */
  readonly onResult: (energy: ClaimedEnergy | undefined) => void;
  readonly onFault: (thrown: unknown, what: string) => void;
}

type Hello = Extract<FromProvider, { type: "hello" }>;

/** A provider that lags this far behind gets nothing more. */
const maxBacklogBytes = 512 * 1024;
/** Modules that a provider is taken to have still. */
const mostHeld = 16;
const helloWithin = Seconds(15);

/** One connection of a provider, from the challenge to its end. */
export class ProviderSession implements Seat {
  provider = "" as ProviderId;
  kind: Hello["kind"] = "home";
  /** The country that it says it is in; null where it says none. */
  region: string | null = null;
  readonly #options: SessionOptions;
  readonly #socket: WebSocket;
  readonly #outbox: Outbox;
  readonly #nonce = randomBytes(24).toString("base64url");
  readonly #allowance: Allowance;
  readonly #claimed = new ClaimedDraw();
  readonly #over = new AbortController();
  /** What it works on, by lease. */
  readonly #leases = new Map<number, JobId>();
  /** Leases of which it has told the end, while that is being taken. */
  readonly #settling = new Set<number>();
  /** Modules that it was sent over this connection. */
  readonly #holds = new Set<string>();
  #offer: Offer | undefined;
  #restUntil = 0;
  #trust = 0;
  #machine: string | undefined;
  #watts: number | undefined;
  #isGreeted = false;

  constructor(socket: WebSocket, wire: Duplex, options: SessionOptions) {
    this.#socket = socket;
    this.#outbox = new Outbox(socket, wire, options.key);
    this.#options = options;
    this.#allowance = new Allowance(options.clock);
    socket.on("message", (data) => void this.#hear(data));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => this.#end());
    this.#outbox.say({ type: "challenge", key: options.key.publicKey, nonce: this.#nonce });
    void this.#expectHello();
  }

  get slots(): number {
    return this.#offer ? slotsOf(this.#offer) : 0;
  }

  /** Its whole curve, whatever of it is taken. */
  get asks(): Offer["steps"] {
    return this.#offer?.steps ?? [];
  }

  /** What one task may use. */
  get memoryMiB(): number {
    return this.#offer?.memoryMiB ?? 0;
  }

  get gramsPerClassHour(): number | undefined {
    return this.#offer?.gramsPerClassHour;
  }

  /** Of a task of its, by what its last ones claimed. */
  get draw(): TaskDraw | undefined {
    return this.#claimed.draw;
  }

  get running(): number {
    return this.#leases.size + this.#settling.size;
  }

  ask(now: Instant): Ask | undefined {
    const offer = this.#offer;
    const isReady = this.#socket.readyState === this.#socket.OPEN && now >= this.#restUntil;
    if (!offer || !isReady || this.#socket.bufferedAmount > maxBacklogBytes) return undefined;
    const steps = stepsAfter(offer.steps, this.running);
    if (steps.length === 0) return undefined;
    const { memoryMiB, gramsPerClassHour } = offer;
    const holds = this.#holds;
    const [trust, machine] = [this.#trust, this.#machine];
    return { provider: this.provider, steps, memoryMiB, trust, gramsPerClassHour, machine, holds };
  }

  give({ id, job, index, price }: Lease, { spec, told }: Work, deadline: Instant): void {
    const terms = JSON.stringify({
      lease: id,
      job: told,
      index,
      count: spec.tasks,
      module: spec.module,
      input: spec.input,
      memoryMiB: spec.memoryMiB,
      limitSeconds: spec.limitSeconds,
      price: formatMicros(price),
      deadline,
    } satisfies LeaseTerms);
    this.#leases.set(id, job);
    this.#remember(spec.module);
    this.#outbox.lease(terms);
  }

  /** Agents keep some of what they fetched; who came last is likeliest to be there. */
  #remember(module: string): void {
    this.#holds.delete(module);
    this.#holds.add(module);
    for (const oldest of this.#holds) {
      if (this.#holds.size <= mostHeld) break;
      this.#holds.delete(oldest);
    }
  }

  /** From now on its asks say so. */
  believe(standing: Standing): void {
    this.#trust = trustIn(standing);
    this.#options.dispatcher.kick();
  }

  rest(until: Instant): void {
    this.#restUntil = Math.max(this.#restUntil, until);
  }

  /** What it does for a job that ended is not wanted any more. */
  revokeJob(ended: JobId): void {
    for (const [lease, job] of this.#leases) if (job === ended) this.#revoke(lease, "its job ended");
  }

  /** Sends it away, with words that it may show. */
  refuse(code: string, message: string): void {
    this.#outbox.say({ type: "refused", code, message });
    this.#socket.close(1008);
    this.#end();
  }

  end(): void {
    this.#socket.close(1001);
    this.#end();
  }

  #end(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#options.dispatcher.unseat(this);
  }

  async #expectHello(): Promise<void> {
    await this.#options.clock.sleep(helloWithin, this.#over.signal);
    if (!this.#isGreeted && !this.#over.signal.aborted) this.#socket.terminate();
  }

  async #hear(data: RawData): Promise<void> {
    if (this.#over.signal.aborted) return;
    if (!this.#allowance.take())
      return this.refuse("provider/flood", "more messages came than a provider has to say");
    let message: FromProvider;
    try {
      message = parseMessage(data);
    } catch (thrown) {
      return this.refuse("provider/not-understood", messageOf(thrown).slice(0, 300));
    }
    try {
      await this.#follow(message);
    } catch (thrown) {
      if (thrown instanceof HearthworkError && thrown.code.startsWith("provider/")) {
        return this.refuse(thrown.code, thrown.message);
      }
      this.#options.onFault(thrown, `a ${message.type} of provider ${this.provider}`);
      this.end();
    }
  }

  async #follow(message: FromProvider): Promise<void> {
    if (message.type === "hello") return this.#greet(message);
    if (this.#offer === undefined) throw fault("provider/not-understood", "a hello comes first");
    const { dispatcher } = this.#options;
    switch (message.type) {
      case "offer":
        this.#offer = message.offer;
        return dispatcher.kick();
      case "beat":
        return this.#beat(message.leases.map(({ lease }) => lease));
      case "result":
        return this.#takeResult(message);
      case "failure": {
        const { lease, kind, message: words } = message;
        if (this.#beginSettling(lease)) {
          await dispatcher.fail({ lease, provider: this.provider, kind, message: words });
        }
        return this.#settle(lease);
      }
    }
  }

  async #greet(hello: Hello): Promise<void> {
    if (this.#isGreeted) throw fault("provider/not-understood", "a second hello");
    this.#isGreeted = true;
    const { key, store, clock, dispatcher, onAdmitted, currency } = this.#options;
    const version = Math.max(...protocolVersions.filter((ours) => hello.versions.includes(ours)), 0);
    if (version === 0)
      throw fault("provider/version", `this exchange speaks version ${protocolVersions.join(", ")}`);
    if (!isSignedBy(hello.key, helloText(key.publicKey, this.#nonce, hello.nonce), hello.signature)) {
      throw fault("provider/not-proven", "the key that was shown is not the one that signed");
    }
    if (hello.currency !== undefined && hello.currency !== currency) {
      throw fault(
        "provider/currency",
        `this exchange pays in ${currency}, and your prices are in ${hello.currency}; join one that pays in ${hello.currency}`,
      );
    }
    const id = ProviderId(`p${fingerprintOf(hello.key)}`);
    const fresh = randomBytes(32).toString("base64url");
    const offered = hello.token ?? fresh;
    const known = await store.admitProvider(
      {
        id,
        key: hello.key,
        kind: hello.kind,
        name: hello.name,
        tokenHash: hashOf(fresh),
        watts: hello.watts ?? null,
        machine: hello.machine ?? null,
        region: hello.region ?? null,
      },
      hello.token === undefined ? undefined : hashOf(offered),
      clock.now(),
    );
    if (known.isRevoked) throw fault("provider/revoked", "this key was revoked by the exchange's operator");
    if (hello.join !== undefined && known.owner === null) await this.#bind(id, hello.join);
    const token = known.tokenHash === hashOf(offered) ? offered : fresh;
    const held = await store.renewLeases(id, hello.leases, plus(clock.now(), leaseTime));
    if (this.#over.signal.aborted) return;
    this.provider = id;
    this.#outbox.begin(id, version);
    this.kind = hello.kind;
    this.region = hello.region ?? null;
    this.#watts = hello.watts;
    this.#offer = hello.offer;
    this.#restUntil = known.restUntil;
    this.#trust = trustIn(known.standing);
    this.#machine = hello.machine;
    for (const { id: lease, job } of held) this.#leases.set(lease, job);
    onAdmitted(this);
    const leases = held.map(({ id: lease }) => lease);
    const signature = key.sign(welcomeText(hello.key, hello.nonce));
    this.#outbox.say({
      type: "welcome",
      version,
      provider: id,
      token,
      signature,
      leases,
      leaseSeconds: leaseTime,
    });
    dispatcher.seat(this);
  }

  /** Makes it the machine of whoever gave out the token. */
  async #bind(id: ProviderId, join: string): Promise<void> {
    const { store, clock, deeds, address } = this.#options;
    const owner = await store.people.bindMachine(id, hashOf(join), clock.now(), (person) => ({
      ...deeds.own({ action: "provider/join", subject: id, detail: "a machine of theirs" }),
      actor: person,
      address,
    }));
    if (owner !== undefined) return;
    throw fault(
      "provider/bad-join-token",
      "the token in this address counts no more; have the exchange's page give another",
    );
  }

  async #beat(leases: readonly number[]): Promise<void> {
    const { store, clock } = this.#options;
    const mine = leases.filter((lease) => this.#leases.has(lease));
    const held = await store.renewLeases(this.provider, mine, plus(clock.now(), leaseTime));
    const still = new Set(held.map(({ id }) => id));
    for (const lease of leases) {
      if (!still.has(lease) && !this.#settling.has(lease)) this.#revoke(lease, "it does not hold any more");
    }
  }

  async #takeResult({
    lease,
    output,
    seconds,
    work,
  }: Extract<FromProvider, { type: "result" }>): Promise<void> {
    if (this.#beginSettling(lease)) {
      const bytes = Buffer.from(output, "base64");
      const digest = Digest(createHash("sha256").update(bytes).digest("hex"));
      await this.#options.dispatcher.bring({
        lease,
        provider: this.provider,
        digest,
        output: bytes,
        seconds,
        work: work ? JSON.stringify(work) : null,
      });
      this.#options.onResult(work && this.#claimed.note(work, this.#watts));
    }
    this.#settle(lease);
  }

  /** Whether it had this lease; from now on nobody takes it back. */
  #beginSettling(lease: number): boolean {
    if (!this.#leases.delete(lease)) return false;
    this.#settling.add(lease);
    return true;
  }

  #settle(lease: number): void {
    if (this.#settling.delete(lease)) this.#allowance.giveBack();
    this.#outbox.settled(lease);
    this.#options.dispatcher.kick();
  }

  #revoke(lease: number, why: string): void {
    this.#leases.delete(lease);
    this.#outbox.say({ type: "revoke", lease, why });
  }
}

const fault = (code: string, message: string) => new HearthworkError({ code, message });

function parseMessage(data: RawData): FromProvider {
  const text = (data as Buffer).toString("utf8");
  if (text.length > maxMessageBytes) throw new Error("a message is too long");
  const parsed = fromProviderSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}
