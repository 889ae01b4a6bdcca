import type { Instant, SiteEvent } from "../domain/index.ts";

/** Something that is wrong now. */
export type Trouble = Omit<SiteEvent, "at">;

/** Compares what is wrong now with what has been raised: new troubles are raised once, ended ones cleared once. */
export function raiseAndClear(
  open: readonly SiteEvent[],
  troubles: readonly Trouble[],
  at: Instant,
): { readonly open: readonly SiteEvent[]; readonly events: readonly SiteEvent[] } {
  const isSame = (one: Trouble, other: Trouble) => one.code === other.code && one.subject === other.subject;
  const raised = troubles
    .filter((trouble) => !open.some((event) => isSame(event, trouble)))
    .map((trouble) => ({ at, ...trouble }));
  const lasting = open.filter((event) => troubles.some((trouble) => isSame(event, trouble)));
  const cleared = open
    .filter((event) => !lasting.includes(event))
    .map(({ code, subject, message }): SiteEvent => {
      return { at, level: "info", code: `${code}-cleared`, subject, message: `Over: ${message}` };
    });
  return { open: [...raised, ...lasting], events: [...raised, ...cleared] };
}
