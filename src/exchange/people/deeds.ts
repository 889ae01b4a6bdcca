import type { FastifyRequest } from "fastify";
import type { Clock } from "../../domain/index.ts";
import type { Deed } from "../../store/index.ts";

/** What of a deed says what it was. */
export type What = Pick<Deed, "action" | "subject"> & Partial<Pick<Deed, "detail" | "outcome" | "actor">>;

/** Says of what requests have done who did it, when, and from where, for the audit log. */
export class Deeds {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of({ grant, caller }: Pick<FastifyRequest, "grant" | "caller">, what: What): Deed {
    const actor = grant?.holder?.id ?? (grant?.scope === "owner" ? "owner" : "nobody");
    return { ...usual, at: this.#clock.now(), actor, address: caller.address, ...what };
  }

  /** What the exchange did by itself. */
  own(what: What): Deed {
    return { ...usual, at: this.#clock.now(), actor: "exchange", address: "", ...what };
  }
}

const usual = { outcome: "done", detail: "" } as const;
