import { Button, Checkbox } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Entry, Field, Json } from "../api.ts";
import { isEntry, withKey } from "./entries.ts";
import { fieldWords } from "./fieldWords.ts";
import { type FieldInputProps, ValueInput, WordsInput } from "./ValueInput.tsx";
import "./fields.css";

export interface FieldFormProps {
  readonly fields: readonly Field[];
  readonly value: Entry;
  readonly onChange: (value: Entry) => void;
  /** Keys that are always shown, though they may be left out. */
  readonly first?: readonly string[];
  /** Keys that are drawn otherwise than by their kind. */
  readonly own?: Readonly<
    Record<string, (value: Json | undefined, onChange: (value: Json | undefined) => void) => ReactNode>
  >;
}

/** Inputs for the keys of a section of hearth.yaml; what may be left out is folded away. */
export function FieldForm({ fields, value, onChange, first = [], own = {} }: FieldFormProps) {
  const draw = (field: Field) => {
    const set = (next: Json | undefined) => onChange(withKey(value, field.key, next));
    return (
      <div
        key={field.key}
        className="field"
        data-wide={field.kind === "list" || field.kind === "section" || undefined}
      >
        {own[field.key]?.(value[field.key], set) ?? (
          <FieldInput field={field} value={value[field.key]} onChange={set} />
        )}
      </div>
    );
  };
  const isFirst = ({ key }: Field) => first.includes(key);
  const needed = fields
    .filter((field) => field.required || isFirst(field) || field.key in own)
    .toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)));
  const others = fields.filter((field) => !needed.includes(field));
  const isSet = others.some(({ key }) => value[key] !== undefined);
  return (
    <>
      {needed.length > 0 && <div className="fields">{needed.map(draw)}</div>}
      {others.length > 0 && (
        <details className="fields-more" open={isSet || needed.length === 0}>
          <summary>{needed.length === 0 ? "Settings" : "More settings"}</summary>
          <div className="fields">{others.map(draw)}</div>
        </details>
      )}
    </>
  );
}

/** The input that fits a key's kind. */
function FieldInput(props: FieldInputProps) {
  const { kind, fields } = props.field;
  if (kind === "section") return <SectionInput {...props} />;
  if (kind !== "list") return <ValueInput {...props} />;
  return fields[0]?.kind === "section" ? <SectionListInput {...props} /> : <WordsInput {...props} />;
}

/** A section within a section; one that may be left out is there once it is ticked. */
function SectionInput({ field, value, onChange }: FieldInputProps) {
  const { label } = fieldWords(field.key);
  const isThere = field.required || isEntry(value);
  return (
    <fieldset className="field-section">
      <legend>
        {field.required ? (
          label
        ) : (
          <Checkbox
            label={label}
            checked={isThere}
            onChange={(event) => onChange(event.currentTarget.checked ? {} : undefined)}
          />
        )}
      </legend>
      {field.description !== "" && <p className="field-note">{field.description}</p>}
      {isThere && <FieldForm fields={field.fields} value={isEntry(value) ? value : {}} onChange={onChange} />}
    </fieldset>
  );
}

/** A list of sections of one kind. */
function SectionListInput({ field, value, onChange }: FieldInputProps) {
  const { label } = fieldWords(field.key);
  const items: Entry[] = Array.isArray(value)
    ? value.map((item) => (isEntry(item as Json) ? (item as Entry) : {}))
    : [];
  const shown = items.length === 0 && field.required ? [{}] : items;
  const [inner] = field.fields;
  const set = (next: Entry[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <fieldset className="field-section">
      <legend>{label}</legend>
      {field.description !== "" && <p className="field-note">{field.description}</p>}
      {shown.map((item, index) => (
        // Entries of such a list have no name of their own: their place is what they go by.
        <div key={index} className="field-item">
          <FieldForm
            fields={inner?.fields ?? []}
            value={item}
            onChange={(next) => set(shown.with(index, next))}
          />
          {shown.length > (field.required ? 1 : 0) && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={16} aria-hidden="true" />}
              onClick={() => set(shown.toSpliced(index, 1))}
            >
              Remove
            </Button>
          )}
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden="true" />}
        onClick={() => set([...shown, {}])}
      >
        Add another
      </Button>
    </fieldset>
  );
}
