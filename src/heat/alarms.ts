import type { Instant, SiteEvent } from "../domain/index.ts";

/** Something that is wrong now. */
export type Trouble = Omit<SiteEvent, "at">;

/** Which trouble of whom. */
export type TroubleName = Pick<Trouble, "code" | "subject">;

/**
 * Compares what is wrong now with what has been raised: new troubles are raised once, ended ones cleared once. What
 * nothing is known of now, `unjudged`, lasts.
 */
export function raiseAndClear(
  open: readonly SiteEvent[],
  troubles: readonly Trouble[],
  at: Instant,
  unjudged: readonly TroubleName[] = [],
): { readonly open: readonly SiteEvent[]; readonly events: readonly SiteEvent[] } {
  const isSame = (one: TroubleName, other: TroubleName) =>
    one.code === other.code && one.subject === other.subject;
  const raised = troubles
    .filter((trouble) => !open.some((event) => isSame(event, trouble)))
    .map((trouble) => ({ at, ...trouble }));
  const lasting = open.filter((event) =>
    [...troubles, ...unjudged].some((trouble) => isSame(event, trouble)),
  );
  const cleared = open
    .filter((event) => !lasting.includes(event))
    .map(({ code, subject, message }): SiteEvent => {
      return { at, level: "info", code: `${code}-cleared`, subject, message: `Over: ${message}` };
    });
  return { open: [...raised, ...lasting], events: [...raised, ...cleared] };
}
