import { Checkbox, NativeSelect } from "@mantine/core";
import type { DriverList, Entry, Field, Json } from "../api.ts";
import { isEntry } from "../fields/entries.ts";
import { FieldForm } from "../fields/FieldForm.tsx";
import { ownInputs } from "./ownInputs.tsx";

interface DriverInputProps {
  readonly drivers: DriverList;
  readonly kind: "plug" | "meter";
  /** What the box says with which it is given, and what stands over it where nothing is without one. */
  readonly words: { readonly offer: string; readonly needed: string; readonly note: string };
  readonly isNeeded: boolean;
  /** The section as hearth.yaml has it. */
  readonly value: Json | undefined;
  readonly onChange: (value: Entry | undefined) => void;
  /** After what it belongs to, a login at it is named. */
  readonly suggestion: string;
}

/** Keys that stay when another kind is chosen. */
const kept = ["ratedWatts"];

/** A plug or meter that belongs to something else: whether there is one, of which kind, and the kind's own keys. */
export function DriverInput({
  drivers,
  kind,
  words,
  isNeeded,
  value,
  onChange,
  suggestion,
}: DriverInputProps) {
  const section: Entry = isEntry(value) ? value : {};
  const isThere = isNeeded || isEntry(value);
  const offered = drivers.drivers.filter((driver) => driver.kind === kind);
  const driver = offered.find(({ name }) => name === section["driver"]);
  const common: readonly Field[] = kind === "plug" ? drivers.common.plug : [];
  const choose = (name: string) => {
    const stays = Object.entries(section).filter(([key]) => kept.includes(key));
    onChange({ ...Object.fromEntries(stays), ...(name !== "" && { driver: name }) });
  };
  return (
    <fieldset className="field-section device-plug">
      <legend>
        {isNeeded ? (
          words.needed
        ) : (
          <Checkbox
            label={words.offer}
            checked={isThere}
            onChange={(event) => onChange(event.currentTarget.checked ? {} : undefined)}
          />
        )}
      </legend>
      <p className="field-note">{words.note}</p>
      {isThere && (
        <>
          <NativeSelect
            label={`Kind of ${kind}`}
            withAsterisk
            value={driver?.name ?? ""}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              { value: "", label: "Choose…" },
              ...offered.map(({ name, summary }) => ({ value: name, label: `${name}: ${summary}` })),
            ]}
          />
          {driver && (
            <FieldForm
              fields={[...driver.fields, ...common]}
              value={section}
              onChange={onChange}
              own={ownInputs(driver.fields, `${suggestion}-${kind}`)}
            />
          )}
        </>
      )}
    </fieldset>
  );
}
