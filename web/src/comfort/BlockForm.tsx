import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { ComfortRange } from "./comfortRange.ts";
import { dayNames } from "./dayNames.ts";
import { type Block, dayMinutes, timeOf } from "./week.ts";

interface BlockFormProps {
  readonly block: Block;
  readonly range: ComfortRange;
  readonly onChange: (block: Block) => void;
  readonly onRemove: () => void;
}

/** A block in numbers, for those who would rather type. */
export function BlockForm({ block, range, onChange, onRemove }: BlockFormProps) {
  return (
    <fieldset className="block-form" aria-label="The time that is chosen">
      <NativeSelect
        label="Day"
        value={String(block.day)}
        onChange={(event) => onChange({ ...block, day: Number(event.currentTarget.value) })}
        data={dayNames.map((name, day) => ({ value: String(day), label: name }))}
      />
      <TimeInput
        label="From"
        minutes={block.from}
        isRight={(from) => from < block.to}
        onMinutes={(from) => onChange({ ...block, from })}
      />
      <TimeInput
        label="To"
        minutes={block.to}
        isRight={(to) => to > block.from}
        onMinutes={(to) => onChange({ ...block, to: to === 0 ? dayMinutes : to })}
        midnightIsEnd
      />
      <NumberInput
        label="Temperature"
        suffix=" °C"
        decimalScale={1}
        step={0.5}
        min={range.coldestC}
        max={range.warmestC}
        clampBehavior="strict"
        value={block.targetC}
        onChange={(value) => {
          if (typeof value === "number") onChange({ ...block, targetC: value });
        }}
      />
      <Button variant="default" leftSection={<IconTrash size={18} aria-hidden="true" />} onClick={onRemove}>
        Remove
      </Button>
    </fieldset>
  );
}

interface TimeInputProps {
  readonly label: string;
  readonly minutes: number;
  readonly isRight: (minutes: number) => boolean;
  readonly onMinutes: (minutes: number) => void;
  readonly midnightIsEnd?: boolean;
}

/** A time of day; one that cannot be is shown and waits to be put right. */
function TimeInput({ label, minutes, isRight, onMinutes, midnightIsEnd = false }: TimeInputProps) {
  const shown = timeOf(minutes % dayMinutes);
  const [draft, setDraft] = useState({ of: minutes, text: shown });
  const text = draft.of === minutes ? draft.text : shown;
  const isWrong = text !== shown;
  return (
    <TextInput
      type="time"
      label={label}
      value={text}
      error={isWrong ? "From has to be before To" : undefined}
      onChange={(event) => {
        const { value } = event.currentTarget;
        const match = /^(\d\d):(\d\d)$/.exec(value);
        const typed = match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
        const next = typed === 0 && midnightIsEnd ? dayMinutes : typed;
        if (next !== undefined && isRight(next)) onMinutes(next);
        else setDraft({ of: minutes, text: value });
      }}
    />
  );
}
