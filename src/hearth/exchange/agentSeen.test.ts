import { expect, it } from "vitest";
import type { AgentEvent } from "../../agent/index.ts";
import { Instant, Micros, Seconds } from "../../domain/index.ts";
import { followAgent, refusedAgent, unseenAgent } from "./agentSeen.ts";

const price = Micros(5n);
const leased = (lease: number): AgentEvent => ({ kind: "leased", lease, job: "j1", index: lease, price });
const lost: AgentEvent = { kind: "lost", why: "it went silent", again: Seconds(1) };
const joined: AgentEvent = { kind: "joined", provider: "p1" };
const after = (...events: AgentEvent[]) =>
  events.reduce((seen, event) => followAgent(seen, event, Instant(1000)), unseenAgent);

it("tells a site that is joined from one that was never let in and one whose exchange is away", () => {
  expect(after(lost)).toMatchObject({ state: "joining", why: "it went silent", provider: null });
  expect(after(joined)).toMatchObject({ state: "joined", why: null, provider: "p1" });
  expect(after(joined, lost)).toMatchObject({ state: "away", why: "it went silent", provider: "p1" });
  expect(refusedAgent(after(joined, leased(1)), "another currency")).toMatchObject({
    state: "refused",
    why: "another currency",
    tasks: [],
  });
});

it("shows each task from its lease until it ends in whatever way", () => {
  expect(after(joined, leased(1)).tasks).toEqual([{ lease: 1, job: "j1", index: 1, since: 1000, price }]);
  const ends: AgentEvent[] = [
    { kind: "settled", lease: 2, price },
    { kind: "failed", lease: 3, message: "it trapped" },
    { kind: "revoked", lease: 4, why: "its job ended" },
  ];
  const leases = [1, 2, 3, 4].map(leased);
  expect(after(joined, ...leases, ...ends).tasks.map(({ lease }) => lease)).toEqual([1]);
});
