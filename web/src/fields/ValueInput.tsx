import { Checkbox, NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from "@mantine/core";
import type { Field, Json } from "../api.ts";
import { withheld } from "./entries.ts";
import { fieldWords } from "./fieldWords.ts";

export interface FieldInputProps {
  readonly field: Field;
  /** Undefined where it is left out. */
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

/** The input for a single value. */
export function ValueInput({ field, value, onChange }: FieldInputProps) {
  const { key, kind, description, required, secret, min, max, options } = field;
  const { label, unit } = fieldWords(key);
  const shared = { label, description: description || undefined, withAsterisk: required };
  const text = shownText(value);
  const usual = field.default === null ? "" : shownText(field.default);
  const setText = (typed: string) => onChange(typed === "" ? undefined : typed);

  if (kind === "switch") {
    return (
      <Checkbox
        label={label}
        description={shared.description}
        checked={(value ?? field.default) === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind === "choice") {
    const first = usual === "" ? "Choose…" : `${usual} (as usual)`;
    return (
      <NativeSelect
        {...shared}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data={[{ value: "", label: first }, ...options.map((option) => ({ value: option, label: option }))]}
      />
    );
  }
  if (kind === "number") {
    return (
      <NumberInput
        {...shared}
        suffix={unit === "" ? "" : ` ${unit}`}
        placeholder={usual === "" ? "" : `${usual} ${unit}`}
        {...(min === null ? {} : { min })}
        {...(max === null ? {} : { max })}
        value={typeof value === "number" ? value : ""}
        onChange={(typed) => onChange(typeof typed === "number" ? typed : undefined)}
      />
    );
  }
  if (secret) {
    const isKept = text === withheld;
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        placeholder={isKept ? "kept as it is" : usual}
        value={isKept ? "" : text}
        onChange={(event) => setText(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": `Show ${label.toLowerCase()}` }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      rightSection={unit === "" ? undefined : <span className="field-unit">{unit}</span>}
      rightSectionWidth={unit === "" ? undefined : 72}
      placeholder={usual}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

/** A list of words, one a line. */
export function WordsInput({ field, value, onChange }: FieldInputProps) {
  const words = Array.isArray(value) ? value.map((word) => shownText(word as Json)) : [];
  return (
    <Textarea
      label={fieldWords(field.key).label}
      description={[field.description, "One a line."].filter(Boolean).join(" ")}
      withAsterisk={field.required}
      autosize
      minRows={2}
      value={words.join("\n")}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(typed === "" ? undefined : typed.split("\n"));
      }}
    />
  );
}

const shownText = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
