import { TextInput } from "@mantine/core";
import { useId, useState } from "react";

interface TimezoneInputProps {
  readonly value: string;
  readonly onChange: (timezone: string) => void;
}

/** A time zone by its name; those that this browser knows are offered while one types. */
export function TimezoneInput({ value, onChange }: TimezoneInputProps) {
  const id = useId();
  const [known] = useState(() => Intl.supportedValuesOf("timeZone"));
  const [isTyped, setTyped] = useState(false);
  const isUnknown = value !== "" && value !== "UTC" && !known.includes(value);
  return (
    <>
      <TextInput
        label="Time zone"
        withAsterisk
        placeholder="Europe/Berlin"
        list={id}
        value={value}
        error={isUnknown ? "No time zone of this name is known here" : undefined}
        onFocus={() => setTyped(true)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={id}>{isTyped && known.map((zone) => <option key={zone}>{zone}</option>)}</datalist>
    </>
  );
}
