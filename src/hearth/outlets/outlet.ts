import type { Clock, Random, SiteEvent } from "../../domain/index.ts";
import type { CredentialsLookup } from "../../drivers/index.ts";
import type { Store } from "../../store/index.ts";
import type { SiteView } from "../../wire/index.ts";

/** Someone outside who is told how the site is doing. Nothing of it waits: what is slow goes on behind its back. */
export interface Outlet {
  /** For lists and for memos. */
  readonly name: string;
  /** After each round of the loop. */
  update(view: SiteView): void;
  /** Why nobody is told, in words. */
  trouble(): string | undefined;
  /** Lets go; ends within seconds. */
  close(): Promise<void>;
}

/** What an outlet is lent. */
export interface OutletContext extends CredentialsLookup {
  /** The host's own: whoever is told lives in real time. */
  readonly clock: Clock;
  readonly random: Random;
  readonly memory: Pick<Store, "remember" | "recall">;
  readonly version: string;
  /** Something that the owner may want to know. */
  tell(event: Omit<SiteEvent, "at">): void;
  /** A bug, or a memory that fails. */
  onFault(thrown: unknown): void;
}
