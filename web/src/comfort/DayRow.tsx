import { ActionIcon } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { celsius, degrees } from "../format.ts";
import { CopyDay } from "./CopyDay.tsx";
import { dayNames } from "./dayNames.ts";
import {
  type Block,
  copied,
  dayMinutes,
  freeStretch,
  painted,
  replaced,
  timeOf,
  type Week,
  without,
} from "./week.ts";
import type { ComfortRange } from "./comfortRange.ts";
import { blockAfterKey } from "./weekKeys.ts";

interface DayRowProps {
  readonly day: number;
  readonly week: Week;
  readonly selected: Block | undefined;
  readonly brushC: number;
  /** What may be wanted. */
  readonly range: ComfortRange;
  readonly scale: { readonly min: number; readonly max: number };
  /** The time now, as a share of the day; undefined on other days. */
  readonly now: number | undefined;
  readonly track: { readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void };
  readonly onChange: (week: Week, selected: Block | undefined) => void;
}

/** One day: its blocks in time, a button for another one, and copies to other days. */
export function DayRow({ day, week, selected, brushC, range, scale, now, track, onChange }: DayRowProps) {
  const name = dayNames[day] ?? "";
  const blocks = week.filter((block) => block.day === day);
  const free = freeStretch(week, day);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, block: Block) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.currentTarget.closest("section")?.querySelector<HTMLElement>(".day-actions button")?.focus();
      onChange(without(week, block), undefined);
      return;
    }
    const next = blockAfterKey(event, week, block, range);
    if (!next) return;
    event.preventDefault();
    onChange(replaced(week, block, next), next);
  };

  return (
    <section className="day" aria-label={name}>
      <h3 className="day-name">{name}</h3>
      <div className="day-track" data-day={day} {...track}>
        {blocks.map((block, index) => (
          <button
            // A block keeps its place among its neighbours while it is moved, and with it the keyboard.
            key={index}
            type="button"
            className="block"
            data-from={block.from}
            style={blockStyle(block, scale)}
            aria-pressed={block === selected}
            aria-label={`${name} ${timeOf(block.from)} to ${timeOf(block.to)}, ${celsius(block.targetC)}`}
            onClick={({ detail }) => {
              const isByKeys = detail === 0;
              if (isByKeys) onChange(week, block);
            }}
            onKeyDown={(event) => onKeyDown(event, block)}
          >
            <span className="block-end" data-end="from" />
            <span className="block-target">{degrees(block.targetC)}°</span>
            <span className="block-end" data-end="to" />
          </button>
        ))}
        {now !== undefined && (
          <span className="day-now" style={{ left: `${now * 100}%` }} aria-hidden="true" />
        )}
      </div>
      <div className="day-actions">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          radius="xl"
          aria-label={`Add a time on ${name}`}
          disabled={!free}
          onClick={() => {
            if (!free) return;
            const block = { day, ...free, targetC: brushC };
            onChange(painted(week, block), block);
          }}
        >
          <IconPlus size={18} aria-hidden="true" />
        </ActionIcon>
        <CopyDay day={day} onCopy={(days) => onChange(copied(week, day, days), undefined)} />
      </div>
    </section>
  );
}

/** Where a block is on its day, and how warm its colour. */
function blockStyle({ from, to, targetC }: Block, { min, max }: DayRowProps["scale"]): CSSProperties {
  const warmth = max > min ? Math.min(1, Math.max(0, (targetC - min) / (max - min))) : 1;
  return {
    left: `${(from / dayMinutes) * 100}%`,
    width: `${((to - from) / dayMinutes) * 100}%`,
    ["--warmth" as string]: `${Math.round(16 + 34 * warmth)}%`,
  };
}
