import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { dayNames } from "./dayNames.ts";

interface CopyDayProps {
  readonly day: number;
  readonly onCopy: (days: readonly number[]) => void;
}

const groups = [
  { name: "Weekdays", days: [0, 1, 2, 3, 4] },
  { name: "Weekend", days: [5, 6] },
  { name: "All days", days: [0, 1, 2, 3, 4, 5, 6] },
] as const;

/** Copies a day to others; what they had is gone. */
export function CopyDay({ day, onCopy }: CopyDayProps) {
  const [isOpen, open] = useState(false);
  const [chosen, choose] = useState<readonly number[]>([]);
  const name = dayNames[day] ?? "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length === 0) return;
    open(false);
    choose([]);
    onCopy(chosen);
  };

  return (
    <Popover
      opened={isOpen}
      onChange={open}
      trapFocus
      returnFocus
      withArrow
      shadow="md"
      position="bottom-end"
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          radius="xl"
          aria-label={`Copy ${name} to other days`}
          onClick={() => open(!isOpen)}
        >
          <IconCopy size={18} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Copy ${name} to other days`}>
        <form className="copy" onSubmit={submit}>
          <p className="copy-title">Copy {name} to</p>
          <div className="copy-days">
            {dayNames.map((other, index) => {
              const isChosen = chosen.includes(index);
              if (index === day) return null;
              return (
                <button
                  key={other}
                  type="button"
                  className="choice-series"
                  aria-pressed={isChosen}
                  onClick={() =>
                    choose(isChosen ? chosen.filter((one) => one !== index) : [...chosen, index])
                  }
                >
                  {isChosen && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
                  {other}
                </button>
              );
            })}
          </div>
          <div className="copy-days">
            {groups.map(({ name: group, days }) => (
              <Button
                key={group}
                size="compact-sm"
                variant="default"
                onClick={() => choose(days.filter((one) => one !== day))}
              >
                {group}
              </Button>
            ))}
          </div>
          <Button type="submit" disabled={chosen.length === 0}>
            Copy
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
