import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import {
  type Clock,
  HearthworkError,
  Instant,
  messageOf,
  type PersonId,
  type Seconds,
} from "../../domain/index.ts";
import { hashOf, networkOf } from "../../http/index.ts";
import type { ExchangeStore, StoredPasskey } from "../../store/index.ts";
import type { newPasskeySchema, usedPasskeySchema } from "../../wire/index.ts";
import type { Deeds } from "./deeds.ts";
import type { RelyingParty } from "./relyingParty.ts";

export interface PasskeyDeskOptions {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly deeds: Deeds;
  /** Undefined where passkeys cannot be. */
  readonly party: RelyingParty | undefined;
}

const challengeLastsMs = 5 * 60_000;
/** Of one network, and of all: a challenge is a row that lies there for five minutes. */
const perNetwork = { burst: 20, every: 3 };
const perWorld = { burst: 500, every: 0.1 };

/** EdDSA, ES256 and RS256, as COSE numbers them: what there is no device without. */
const algorithms = [-8, -7, -257];

/** Loaded when it is first wanted: it takes longer than all else of an exchange. */
const webauthn = () => import("@simplewebauthn/server");

/** Adds passkeys to accounts, and lets people in by them. */
export class PasskeyDesk {
  readonly #options: PasskeyDeskOptions;

  constructor(options: PasskeyDeskOptions) {
    this.#options = options;
  }

  /** The page on which passkeys work; null where none does. */
  get origin(): string | null {
    return this.#options.party?.origin ?? null;
  }

  /** For a browser to make one. @throws {HearthworkError} `api/conflict` where passkeys cannot be */
  async newOptions(person: PersonId) {
    const { id } = this.#party();
    const { generateRegistrationOptions } = await webauthn();
    const known = await this.#options.store.people.passkeys(person);
    const options = await generateRegistrationOptions({
      rpName: "Hearthwork exchange",
      rpID: id,
      supportedAlgorithmIDs: algorithms,
      userName: person,
      userID: new Uint8Array(createHash("sha256").update(person).digest()),
      excludeCredentials: known.map((passkey) => ({ id: passkey.id })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    await this.#remember(options.challenge, person);
    return { ...options };
  }

  /** @throws {HearthworkError} `passkey/refused`, `api/conflict` */
  async add(
    person: PersonId,
    { name, passkey }: { readonly name: string; readonly passkey: z.output<typeof newPasskeySchema> },
    request: FastifyRequest,
  ): Promise<void> {
    const { id, origin } = this.#party();
    const { store, clock, deeds } = this.#options;
    const { verifyRegistrationResponse } = await webauthn();
    const response = passkey as unknown as Parameters<typeof verifyRegistrationResponse>[0]["response"];
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => this.#take(challenge, person),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }).catch((thrown: unknown) => {
      throw refused(thrown);
    });
    if (!verified.verified) throw refused("it does not prove itself");
    const { credential } = verified.registrationInfo;
    await store.people.addPasskey(
      {
        id: credential.id,
        person,
        name,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: passkey.response.transports ?? [],
        createdAt: clock.now(),
      },
      deeds.of(request, { action: "passkey/add", subject: `${person}/${name}` }),
    );
  }

  /** Counts a try to sign in; 0 or how long its network has to wait. */
  takeTry({ caller }: FastifyRequest): Promise<Seconds> {
    const { store, clock } = this.#options;
    const limits = [
      { subject: `passkey/${networkOf(caller)}`, rate: perNetwork },
      { subject: "passkeys", rate: perWorld },
    ];
    return store.people.takeTry(limits, clock.now() / 1000);
  }

  /** For a browser to use one. @throws {HearthworkError} `api/conflict` where passkeys cannot be */
  async signInOptions() {
    const { id } = this.#party();
    const { generateAuthenticationOptions } = await webauthn();
    const options = await generateAuthenticationOptions({ rpID: id, userVerification: "required" });
    await this.#remember(options.challenge, null);
    return { ...options };
  }

  /** Whose the passkey is. @throws {HearthworkError} `passkey/refused` */
  async personOf(used: z.output<typeof usedPasskeySchema>, request: FastifyRequest): Promise<PersonId> {
    const { store, clock, deeds } = this.#options;
    const known = await store.people.passkeyOf(used.id);
    if (!known) throw refused("it is not known here");
    const counter = await this.#verify(used, known).catch(async (thrown: unknown) => {
      const what = { action: "session/begin", outcome: "refused", detail: "a passkey's answer" } as const;
      await store.people.note(deeds.of(request, { ...what, subject: known.person }));
      throw thrown;
    });
    await store.people.notePasskeyUse(known.id, counter, clock.now());
    return known.person;
  }

  /** Its new count. @throws {HearthworkError} `passkey/refused` */
  async #verify(used: z.output<typeof usedPasskeySchema>, known: StoredPasskey): Promise<number> {
    const { id, origin } = this.#party();
    const { verifyAuthenticationResponse } = await webauthn();
    const response = used as unknown as Parameters<typeof verifyAuthenticationResponse>[0]["response"];
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => this.#take(challenge, null),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: { id: known.id, publicKey: new Uint8Array(known.publicKey), counter: known.counter },
    }).catch((thrown: unknown) => {
      throw refused(thrown);
    });
    if (!verified) throw refused("its signature is another's");
    return authenticationInfo.newCounter;
  }

  #remember(challenge: string, person: PersonId | null): Promise<void> {
    const { store, clock } = this.#options;
    const expiresAt = Instant(clock.now() + challengeLastsMs);
    return store.people.addChallenge(hashOf(challenge), person, expiresAt);
  }

  #take(challenge: string, person: PersonId | null): Promise<boolean> {
    const { store, clock } = this.#options;
    return store.people.takeChallenge(hashOf(challenge), person, clock.now());
  }

  #party(): RelyingParty {
    if (this.#options.party) return this.#options.party;
    throw new HearthworkError({
      code: "api/conflict",
      message:
        "Passkeys need a host name: this exchange is reached by an address; give it one by --public-url",
    });
  }
}

const refused = (why: unknown) =>
  new HearthworkError({
    code: "passkey/refused",
    message: `This passkey is not taken: ${typeof why === "string" ? why : messageOf(why)}`,
  });
