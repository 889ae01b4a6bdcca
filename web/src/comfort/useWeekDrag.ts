import { type PointerEvent as ReactPointerEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { type Block, dayMinutes, gridMinutes, painted, type Week, without } from "./week.ts";
import { type Drag, dragged } from "./weekDrag.ts";

interface WeekDragOptions {
  readonly week: Week;
  /** What a new block has. */
  readonly brushC: number;
  readonly onChange: (week: Week, selected: Block | undefined) => void;
}

interface Held extends Drag {
  readonly track: HTMLElement;
  readonly hasMoved: boolean;
}

/** Less than this is a press, not a drag, minutes. */
const slack = 8;

/**
 * Draws a new block, moves one or moves one of its ends, by pointer. What is dragged over comes back until it is let
 * go. A finger draws nothing on an empty day, so that the page scrolls.
 */
export function useWeekDrag({ week, brushC, onChange }: WeekDragOptions) {
  const held = useRef<Held>(undefined);
  const [shown, show] = useState<{ readonly rest: Week; readonly block: Block }>();

  const takeHold = (day: number) => (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const track = event.currentTarget;
    const heldAt = minuteAt(track, event.clientX);
    const target = event.target as HTMLElement;
    const from = Number(target.closest<HTMLElement>(".block")?.dataset["from"] ?? Number.NaN);
    const block = week.find((one) => one.day === day && one.from === from);
    if (block) {
      const end = target.dataset["end"];
      const kind = end === "from" || end === "to" ? end : "move";
      held.current = { kind, rest: without(week, block), block, heldAt, track, hasMoved: false };
    } else if (event.pointerType !== "touch") {
      const start = Math.floor(heldAt / gridMinutes) * gridMinutes;
      const fresh = { day, from: start, to: start + gridMinutes, targetC: brushC };
      held.current = { kind: "paint", rest: week, block: fresh, heldAt, track, hasMoved: false };
    }
  };

  const move = useEffectEvent((event: PointerEvent) => {
    const drag = held.current;
    if (!drag) return;
    const at = minuteAt(drag.track, event.clientX);
    const day = dayUnder(event) ?? drag.block.day;
    if (!drag.hasMoved && Math.abs(at - drag.heldAt) < slack && day === drag.block.day) return;
    held.current = { ...drag, hasMoved: true };
    show({ rest: drag.rest, block: dragged(drag, at, day) });
  });
  const letGo = useEffectEvent((keep: boolean) => {
    const drag = held.current;
    held.current = undefined;
    show(undefined);
    if (!drag || !keep) return;
    if (drag.hasMoved && shown) onChange(painted(shown.rest, shown.block), shown.block);
    else if (drag.kind !== "paint") onChange(week, drag.block);
  });
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    addEventListener("pointermove", (event) => move(event), { signal });
    addEventListener("pointerup", () => letGo(true), { signal });
    addEventListener("pointercancel", () => letGo(false), { signal });
    return () => ended.abort();
  }, []);

  return {
    shown: shown ? painted(shown.rest, shown.block) : week,
    active: shown?.block,
    trackOf: (day: number) => ({ onPointerDown: takeHold(day) }),
  };
}

function minuteAt(track: HTMLElement, clientX: number): number {
  const { left, width } = track.getBoundingClientRect();
  return Math.min(dayMinutes, Math.max(0, ((clientX - left) / width) * dayMinutes));
}

function dayUnder({ clientX, clientY }: PointerEvent): number | undefined {
  const track = document
    .elementsFromPoint(clientX, clientY)
    .find((element): element is HTMLElement => element instanceof HTMLElement && "day" in element.dataset);
  return track === undefined ? undefined : Number(track.dataset["day"]);
}
