import { useEffect, useRef } from "react";
import { weekdays } from "../../../src/domain/index.ts";
import type { ComfortRange } from "./comfortRange.ts";
import { DayRow } from "./DayRow.tsx";
import { useWeekDrag } from "./useWeekDrag.ts";
import { type Block, dayMinutes, type Week } from "./week.ts";

interface WeekGridProps {
  readonly week: Week;
  readonly selected: Block | undefined;
  /** What a new block has. */
  readonly brushC: number;
  /** Between what the colours go, °C. */
  readonly range: ComfortRange;
  readonly scale: { readonly min: number; readonly max: number };
  /** The site's day and minute. */
  readonly now: { readonly day: number; readonly minute: number };
  readonly onChange: (week: Week, selected: Block | undefined) => void;
}

const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24];

/** Seven days of 24 hours, on which blocks are drawn, moved and resized by pointer and keys. */
export function WeekGrid({ week, selected, brushC, range, scale, now, onChange }: WeekGridProps) {
  const drag = useWeekDrag({ week, brushC, onChange });
  const whole = useRef<HTMLDivElement>(null);
  const goesAlong = useRef(false);

  /** A block that goes to another day is drawn anew there: the keyboard goes along. */
  useEffect(() => {
    if (!goesAlong.current) return;
    goesAlong.current = false;
    whole.current?.querySelector<HTMLElement>('.block[aria-pressed="true"]')?.focus();
  });

  return (
    <div className="week" ref={whole}>
      <div className="week-hours" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </div>
      {weekdays.map((name, day) => (
        <DayRow
          key={name}
          day={day}
          week={drag.shown}
          selected={drag.active ?? selected}
          brushC={brushC}
          range={range}
          scale={scale}
          now={now.day === day ? now.minute / dayMinutes : undefined}
          track={drag.trackOf(day)}
          onChange={(next, block) => {
            goesAlong.current = block !== undefined && block.day !== day;
            onChange(next, block);
          }}
        />
      ))}
    </div>
  );
}
