import { minutesOf, type Weekday, weekdays } from "../../../src/domain/index.ts";

/** An entry of a week as hearth.yaml has it. */
export interface WeekEntry {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
  readonly targetC: number;
}

/** A stretch of one day with one target; minutes after midnight. Day 0 is Monday. */
export interface Block {
  readonly day: number;
  readonly from: number;
  readonly to: number;
  readonly targetC: number;
}

/** By day and time. Blocks never overlap; outside of them the set-back holds. */
export type Week = readonly Block[];

export const dayMinutes = 1440;
export const gridMinutes = 15;
const weekMinutes = 7 * dayMinutes;

/** What the entries of a file mean, day by day. Where they overlap the one that began later counts. */
export function weekOf(entries: readonly WeekEntry[]): Week {
  const spans = entries.flatMap(({ days, from, to, targetC }, order) =>
    days.flatMap((name) => {
      const start = weekdays.indexOf(name) * dayMinutes + minutesOf(from);
      const length = minutesOf(to) - minutesOf(from);
      const end = start + (length > 0 ? length : length + dayMinutes);
      return [start - weekMinutes, start].map((at) => ({ from: at, to: at + end - start, targetC, order }));
    }),
  );
  const midnights = weekdays.map((_, day) => day * dayMinutes);
  const edges = [...new Set([...midnights, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((edge) => edge >= 0 && edge < weekMinutes)
    .toSorted((one, other) => one - other);
  const blocks: Block[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? weekMinutes;
    const [wish] = spans
      .filter((span) => span.from <= from && from < span.to)
      .toSorted((one, other) => other.from - one.from || other.order - one.order);
    if (!wish) continue;
    const day = Math.floor(from / dayMinutes);
    const midnight = day * dayMinutes;
    const last = blocks.at(-1);
    const goesOn = last?.day === day && last.to === from - midnight && last.targetC === wish.targetC;
    if (goesOn) blocks.splice(-1, 1, { ...last, to: to - midnight });
    else blocks.push({ day, from: from - midnight, to: to - midnight, targetC: wish.targetC });
  }
  return blocks;
}

/** The entries that mean a week: days that have a stretch in common share an entry. */
export function entriesOf(week: Week): WeekEntry[] {
  const alike = Map.groupBy(sorted(week), ({ from, to, targetC }) => `${from} ${to} ${targetC}`);
  return [...alike.values()].flatMap((blocks) => {
    const [first] = blocks;
    if (!first) return [];
    const days = blocks.map(({ day }) => weekdays[day] ?? "mon");
    return [{ days, from: timeOf(first.from), to: timeOf(first.to), targetC: first.targetC }];
  });
}

/** 390 → "06:30"; the end of a day is "24:00". */
export function timeOf(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** With a block over whatever was there. */
export function painted(week: Week, block: Block): Week {
  const around = week.flatMap((other) => {
    if (other.day !== block.day || other.to <= block.from || block.to <= other.from) return [other];
    return [
      { ...other, to: block.from },
      { ...other, from: block.to },
    ].filter(({ from, to }) => from < to);
  });
  return sorted([...around, block]);
}

export const without = (week: Week, block: Block): Week => week.filter((other) => other !== block);

/** With one block in another's place, over whatever is there. */
export const replaced = (week: Week, block: Block, next: Block): Week => painted(without(week, block), next);

/** The block moved in time by keys: by the grid, as far as its neighbours and the day let it. */
export function shifted(week: Week, block: Block, direction: 1 | -1): Block {
  const { low, high } = roomAround(week, block);
  const length = block.to - block.from;
  const from = Math.min(high - length, Math.max(low, nextOnGrid(block.from, direction)));
  return { ...block, from, to: from + length };
}

/** The block with one end moved by keys: by the grid, to at least a step of it, as far as its neighbours let it. */
export function resized(week: Week, block: Block, end: "from" | "to", direction: 1 | -1): Block {
  const { low, high } = roomAround(week, block);
  const wanted = nextOnGrid(block[end], direction);
  if (end === "from") {
    const latest = Math.max(block.from, block.to - gridMinutes);
    return { ...block, from: Math.min(latest, Math.max(low, wanted)) };
  }
  const earliest = Math.min(block.to, block.from + gridMinutes);
  return { ...block, to: Math.max(earliest, Math.min(high, wanted)) };
}

/** The block on the next day in a direction on which its time is free; itself where there is none. */
export function onOtherDay(week: Week, block: Block, direction: 1 | -1): Block {
  for (let day = block.day + direction; day >= 0 && day < weekdays.length; day += direction) {
    const next = { ...block, day };
    const isFree = week.every((other) => other.day !== day || other.to <= next.from || next.to <= other.from);
    if (isFree) return next;
  }
  return block;
}

/** With some days made like one. */
export function copied(week: Week, day: number, to: readonly number[]): Week {
  const others = to.filter((one) => one !== day);
  const kept = week.filter((block) => !others.includes(block.day));
  const source = week.filter((block) => block.day === day);
  return sorted([...kept, ...others.flatMap((other) => source.map((block) => ({ ...block, day: other })))]);
}

export const snapped = (minutes: number): number =>
  Math.min(dayMinutes, Math.max(0, Math.round(minutes / gridMinutes) * gridMinutes));

/** A free stretch of a day for a new block: an hour of the longest that there is; undefined when the day is full. */
export function freeStretch(week: Week, day: number): { from: number; to: number } | undefined {
  const blocks = sorted(week.filter((block) => block.day === day));
  const gaps = [...blocks, { from: dayMinutes, to: dayMinutes }].map((block, index) => ({
    from: blocks[index - 1]?.to ?? 0,
    to: block.from,
  }));
  const [longest] = gaps.toSorted((one, other) => other.to - other.from - (one.to - one.from));
  if (!longest || longest.to - longest.from < gridMinutes) return undefined;
  const from = Math.min(longest.to - gridMinutes, nextOnGrid(longest.from - 1, 1));
  return { from, to: Math.min(longest.to, from + 60) };
}

export const sameWeek = (one: Week, other: Week): boolean =>
  JSON.stringify(entriesOf(one)) === JSON.stringify(entriesOf(other));

const sorted = (blocks: readonly Block[]): Week =>
  blocks.toSorted((one, other) => one.day - other.day || one.from - other.from);

function nextOnGrid(minutes: number, direction: 1 | -1): number {
  const step = minutes / gridMinutes;
  return (direction === 1 ? Math.floor(step) + 1 : Math.ceil(step) - 1) * gridMinutes;
}

function roomAround(week: Week, block: Block): { low: number; high: number } {
  const others = week.filter((other) => other !== block && other.day === block.day);
  return {
    low: Math.max(0, ...others.filter(({ to }) => to <= block.from).map(({ to }) => to)),
    high: Math.min(dayMinutes, ...others.filter(({ from }) => from >= block.to).map(({ from }) => from)),
  };
}
