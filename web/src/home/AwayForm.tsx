import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Override, Sink } from "../api.ts";
import { awayEnds, awayTarget } from "../comfortNow.ts";
import { fromLocalInput, hourOnDay, moment, toLocalInput } from "../siteTime.ts";

interface AwayFormProps {
  readonly sink: Sink;
  readonly now: string;
  readonly timezone: string;
  readonly onAway: (override: Override) => void;
}

const chosen = "chosen";

/** Asks until when nobody is home and how warm it is to stay; times are the site's. */
export function AwayForm({ sink, now, timezone, onAway }: AwayFormProps) {
  const [openedAt] = useState(() => Date.parse(now));
  const [ends] = useState(() => awayEnds(now, timezone));
  const [end, setEnd] = useState(
    String(ends.find(({ label }) => label.startsWith("Tomorrow"))?.at ?? chosen),
  );
  const [text, setText] = useState(() => toLocalInput(hourOnDay(openedAt, timezone, 2, 18), timezone));
  const [targetC, setTarget] = useState<number | string>(awayTarget(sink.comfort));
  const until = end === chosen ? fromLocalInput(text, timezone) : Number(end);
  const isPast = until === undefined || until <= Date.parse(now);
  const isWrong = isPast || targetC === "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong) return;
    onAway({ kind: "away", targetC: Number(targetC), until: new Date(until).toISOString() });
  };

  return (
    <form className="away" onSubmit={submit}>
      <NativeSelect
        label="Away until"
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
        data={[
          ...ends.map(({ label, at }) => ({
            value: String(at),
            label: `${label}, ${moment(at, openedAt, timezone)}`,
          })),
          { value: chosen, label: "A time I choose" },
        ]}
      />
      {end === chosen && (
        <TextInput
          type="datetime-local"
          label="Day and time"
          description={`Time in ${timezone}`}
          value={text}
          min={toLocalInput(openedAt, timezone)}
          onChange={(event) => setText(event.currentTarget.value)}
          error={isPast ? "Choose a time that is still ahead" : undefined}
        />
      )}
      <NumberInput
        label="Keep it at"
        suffix=" °C"
        decimalScale={1}
        step={0.5}
        min={sink.comfort.minC}
        max={sink.comfort.maxC}
        clampBehavior="strict"
        value={targetC}
        onChange={setTarget}
      />
      <Button type="submit" disabled={isWrong}>
        Set away
      </Button>
    </form>
  );
}
