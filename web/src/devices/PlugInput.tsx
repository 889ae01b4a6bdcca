import { Checkbox, NativeSelect } from "@mantine/core";
import type { DriverList, Entry } from "../api.ts";
import { isEntry, withKey } from "../fields/entries.ts";
import { FieldForm } from "../fields/FieldForm.tsx";
import { ownInputs } from "./ownInputs.tsx";

interface PlugInputProps {
  readonly drivers: DriverList;
  /** The heater is nothing without one. */
  readonly isNeeded: boolean;
  /** The heater's. */
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
}

/** The metered plug before a heater, which measures it and cuts it when the hearth dies. */
export function PlugInput({ drivers, isNeeded, entry, onChange }: PlugInputProps) {
  const { plug: given, id } = entry;
  const plug: Entry = isEntry(given) ? given : {};
  const isThere = isNeeded || isEntry(given);
  const offered = drivers.drivers.filter(({ kind }) => kind === "plug");
  const driver = offered.find(({ name }) => name === plug["driver"]);
  const set = (next: Entry | undefined) => onChange(withKey(entry, "plug", next));
  return (
    <fieldset className="field-section device-plug">
      <legend>
        {isNeeded ? (
          "Its plug"
        ) : (
          <Checkbox
            label="Behind a metered plug"
            checked={isThere}
            onChange={(event) => set(event.currentTarget.checked ? {} : undefined)}
          />
        )}
      </legend>
      <p className="field-note">
        A plug measures what the heater really draws, and its timer cuts the heater when the hearth dies. A
        heater that stops by itself then needs none.
      </p>
      {isThere && (
        <>
          <NativeSelect
            label="Kind of plug"
            withAsterisk
            value={driver?.name ?? ""}
            onChange={(event) => {
              const name = event.currentTarget.value;
              const { ratedWatts } = plug;
              set({ ...(name !== "" && { driver: name }), ...(ratedWatts !== undefined && { ratedWatts }) });
            }}
            data={[
              { value: "", label: "Choose…" },
              ...offered.map(({ name, summary }) => ({ value: name, label: `${name}: ${summary}` })),
            ]}
          />
          {driver && (
            <FieldForm
              fields={[...driver.fields, ...drivers.common.plug]}
              value={plug}
              onChange={set}
              own={ownInputs(driver.fields, `${typeof id === "string" ? id : driver.name}-plug`)}
            />
          )}
        </>
      )}
    </fieldset>
  );
}
