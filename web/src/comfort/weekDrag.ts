import { type Block, dayMinutes, gridMinutes, snapped, type Week } from "./week.ts";

/** A block that the pointer holds, with the week as it is without it. */
export interface Drag {
  readonly kind: "paint" | "move" | "from" | "to";
  readonly rest: Week;
  readonly block: Block;
  /** Where the pointer took hold, minutes of the day. */
  readonly heldAt: number;
}

/** The block as it is when the pointer is at a minute of a day. */
export const dragged = (drag: Drag, at: number, day: number): Block => draggedBy[drag.kind](drag, at, day);

const draggedBy: Readonly<Record<Drag["kind"], (drag: Drag, at: number, day: number) => Block>> = {
  paint({ block, heldAt }, at) {
    const low = Math.floor(Math.min(heldAt, at) / gridMinutes) * gridMinutes;
    const from = Math.min(dayMinutes - gridMinutes, low);
    return { ...block, from, to: Math.max(from + gridMinutes, snapped(Math.max(heldAt, at))) };
  },
  move({ block, heldAt }, at, day) {
    const length = block.to - block.from;
    const from = Math.min(dayMinutes - length, Math.max(0, snapped(block.from + at - heldAt)));
    return { ...block, day, from, to: from + length };
  },
  from: ({ block }, at) => ({
    ...block,
    from: Math.max(0, Math.min(block.to - gridMinutes, snapped(at))),
  }),
  to: ({ block }, at) => ({
    ...block,
    to: Math.min(dayMinutes, Math.max(block.from + gridMinutes, snapped(at))),
  }),
};
