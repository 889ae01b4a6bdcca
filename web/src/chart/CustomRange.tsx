import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fromLocalInput, toLocalInput } from "../siteTime.ts";
import type { TimeRange } from "./timeRange.ts";

interface CustomRangeProps {
  readonly range: TimeRange;
  readonly timezone: string;
  readonly onRange: (range: TimeRange) => void;
}

/** Asks for two times, by the site's clocks. */
export function CustomRange({ range, timezone, onRange }: CustomRangeProps) {
  const [from, setFrom] = useState(() => toLocalInput(range.from * 1000, timezone));
  const [to, setTo] = useState(() => toLocalInput(range.to * 1000, timezone));
  const [start, end] = [fromLocalInput(from, timezone), fromLocalInput(to, timezone)];
  const isWrong = start === undefined || end === undefined || start >= end;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong) onRange({ from: start / 1000, to: end / 1000 });
  };

  return (
    <form className="range-custom" onSubmit={submit}>
      <TextInput
        type="datetime-local"
        label="From"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label="To"
        description={`Time in ${timezone}`}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        error={isWrong ? "The end has to be after the beginning" : undefined}
      />
      <Button type="submit" disabled={isWrong}>
        Show
      </Button>
    </form>
  );
}
