import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Seconds } from "../../../domain/index.ts";
import { type Alarm, feed, type FeedState, keyOf, newFeed, type Notice } from "./alarmFeed.ts";

const alarm = (subject: string, code = "room/too-hot"): Alarm => ({
  at: "2026-01-14T12:00:00.000Z",
  level: "alarm",
  code,
  subject,
  message: `${subject} is too hot`,
});

/** Rounds of ten seconds, each with those that are open; gives what was told, as `raised room`. */
function told(rounds: readonly (readonly Alarm[])[], { allowed = 100, from = newFeed } = {}) {
  let state: FeedState = from;
  const notices = rounds.map((open, round) => {
    const next = feed(state, { open, at: "2026-01-14T13:00:00.000Z", now: Seconds(round * 10), allowed });
    ({ state } = next);
    return next.notices.map(({ kind, alarm: { subject } }) => `${kind} ${subject}`);
  });
  return { notices, state };
}
const [room, study] = [alarm("room"), alarm("study")];

describe("what is told of alarms", () => {
  it("is each once when it is raised and once when it is over", () => {
    const quiet: Alarm[][] = Array.from({ length: 6 }, () => [room]);
    const { notices } = told([[], [room], ...quiet, [room, study], [study], [study]]);
    expect(notices.flat()).toEqual(["raised room", "raised study", "cleared room"]);
  });

  it("is at most once a minute for one that comes and goes, and in the end how it is", () => {
    const flapping = Array.from({ length: 61 }, (_, round) => (round % 2 === 0 ? [room] : []));
    const { notices, state } = told([...flapping, [], [], [], [], [], [], []]);
    expect(notices.flat().length).toBeLessThanOrEqual(12);
    expect(notices[0]).toEqual(["raised room"]);
    expect(notices.flat().at(-1)).toBe("cleared room");
    expect(state.told).toEqual({});
  });

  it("is no more than is allowed, what is new before what is over, and the rest later", () => {
    const many = Array.from({ length: 5 }, (_, index) => alarm(`room-${index}`));
    const first = told([many], { allowed: 3 });
    expect(first.notices).toEqual([["raised room-0", "raised room-1", "raised room-2"]]);
    const later = { ...first.state, toldAt: {} };
    expect(told([many.slice(3)], { allowed: 3, from: later }).notices).toEqual([
      ["raised room-3", "raised room-4", "cleared room-0"],
    ]);
    expect(told([many], { allowed: 0 }).notices).toEqual([[]]);
  });

  it("goes on after a restart where it was: what is known is not repeated, what is over is told", () => {
    const { state } = told([[room, study]]);
    const kept = JSON.parse(JSON.stringify({ ...newFeed, told: state.told })) as FeedState;
    expect(told([[study]], { from: kept }).notices).toEqual([["cleared room"]]);
  });

  it("has the same id however often it is told", () => {
    const id = (open: Alarm[]) =>
      feed(newFeed, { open, at: "x", now: Seconds(0), allowed: 9 }).notices.map((notice) => notice.id);
    expect(id([room])).toEqual(id([{ ...room, message: "other words" }]));
    expect(id([room])).not.toEqual(id([{ ...room, at: "2026-01-15T12:00:00.000Z" }]));
  });

  it("always ends in agreement, raised and cleared in turn, and forgets what is long over", () => {
    const anyRound = fc.uniqueArray(
      fc.record({ subject: fc.constantFrom("a", "b", "c"), code: fc.constantFrom("x/1", "x/2") }),
      { selector: ({ subject, code }) => subject + code },
    );
    fc.assert(
      fc.property(
        fc.array(anyRound, { maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        (rounds, allowed) => {
          let state: FeedState = newFeed;
          const all: Notice[] = [];
          const last = rounds.at(-1) ?? [];
          const settling = Array.from({ length: 40 }, () => last);
          for (const [round, open] of [...rounds, ...settling].entries()) {
            const alarms = open.map(({ subject, code }) => alarm(subject, code));
            const now = Seconds(round * 10);
            const next = feed(state, { open: alarms, at: "x", now, allowed });
            expect(next.notices.length).toBeLessThanOrEqual(allowed);
            ({ state } = next);
            all.push(...next.notices);
          }
          expect(Object.keys(state.told).toSorted()).toEqual(
            last.map(({ subject, code }) => `${code} ${subject}`).toSorted(),
          );
          for (const key of new Set(all.map((notice) => keyOf(notice.alarm)))) {
            const kinds = all.filter((notice) => keyOf(notice.alarm) === key).map(({ kind }) => kind);
            expect(kinds).toEqual(kinds.map((_, index) => (index % 2 === 0 ? "raised" : "cleared")));
          }
        },
      ),
    );
    const afterDays = feed(told([[room], []]).state, {
      open: [study],
      at: "x",
      now: Seconds(100_000),
      allowed: 9,
    });
    expect(Object.keys(afterDays.state.toldAt)).toHaveLength(2);
  });
});
