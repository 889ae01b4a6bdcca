import type { AgentEvent } from "../../agent/index.ts";
import type { Instant, Micros } from "../../domain/index.ts";
import type { SiteExchangeView } from "../../wire/index.ts";

/** A task under way. */
export interface SeenTask {
  readonly lease: number;
  readonly job: string;
  readonly index: number;
  readonly since: Instant;
  readonly price: Micros;
}

/** How the site stands with its exchange, from what its agent told. */
export interface AgentSeen {
  readonly state: SiteExchangeView["state"];
  readonly why: string | null;
  readonly provider: string | null;
  readonly tasks: readonly SeenTask[];
}

export const unseenAgent: AgentSeen = { state: "joining", why: null, provider: null, tasks: [] };

export function followAgent(seen: AgentSeen, event: AgentEvent, at: Instant): AgentSeen {
  switch (event.kind) {
    case "joined":
      return { ...seen, state: "joined", why: null, provider: event.provider };
    case "lost":
      return { ...seen, state: seen.provider === null ? "joining" : "away", why: event.why };
    case "leased": {
      const { lease, job, index, price } = event;
      return { ...seen, tasks: [...seen.tasks, { lease, job, index, since: at, price }] };
    }
    default:
      return { ...seen, tasks: seen.tasks.filter(({ lease }) => lease !== event.lease) };
  }
}

export const refusedAgent = (seen: AgentSeen, why: string): AgentSeen => ({
  ...seen,
  state: "refused",
  why,
  tasks: [],
});
