import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answered, api, type DriverList, type Entry, type Field } from "../api.ts";
import { isEntry, withKey } from "../fields/entries.ts";
import { FieldForm } from "../fields/FieldForm.tsx";
import { Problem } from "../shell/Problem.tsx";
import { DriverInput } from "./DriverInput.tsx";
import { ownInputs } from "./ownInputs.tsx";
import "./devices.css";

interface DeviceFormProps {
  readonly kind: "heater" | "sensor";
  readonly drivers: DriverList;
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
  /** Keys that its owner chooses elsewhere and that a change of the driver leaves alone. */
  readonly kept?: readonly string[];
}

/** May be left out, but few can leave them out. */
const oftenNeeded = ["path"];

const kindWords = { heater: "Kind of heater", sensor: "Kind of thermometer" } as const;

const plugWords = {
  offer: "Behind a metered plug",
  needed: "Its plug",
  note: "A plug measures what the heater really draws, and its timer cuts the heater when the hearth dies. A heater that stops by itself then needs none.",
} as const;

const meterWords = {
  offer: "Measured by a meter",
  needed: "Its meter",
  note: "A meter tells what the heater really draws, where no plug does; it switches nothing.",
} as const;

/** A device as hearth.yaml names it: its driver, the driver's keys, its login and plug, and a try at it. */
export function DeviceForm({ kind, drivers, entry, onChange, kept = ["name"] }: DeviceFormProps) {
  const offered = drivers.drivers.filter((driver) => driver.kind === kind);
  const driver = offered.find(({ name }) => name === entry["driver"]);
  const test = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/devices/test", { body: { kind, entry } })),
  });
  const common = kind === "heater" ? heaterFields(drivers) : drivers.common.sensor;
  const choose = (name: string) => {
    test.reset();
    const stays = Object.entries(entry).filter(([key]) => kept.includes(key));
    onChange({ ...Object.fromEntries(stays), ...(name !== "" && { driver: name }) });
  };
  return (
    <>
      <NativeSelect
        label={kindWords[kind]}
        withAsterisk
        description={driver?.summary}
        value={driver?.name ?? ""}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: "", label: "Choose…" },
          ...offered.map(({ name, summary }) => ({ value: name, label: `${name}: ${summary}` })),
        ]}
      />
      {driver && (
        <>
          {kind === "heater" && (
            <DriverInput
              drivers={drivers}
              kind="plug"
              words={plugWords}
              isNeeded={driver.name === "plug"}
              value={entry["plug"]}
              onChange={(plug) => onChange(withKey(entry, "plug", plug))}
              suggestion={nameOf(entry) ?? driver.name}
            />
          )}
          {kind === "heater" && !isEntry(entry["plug"]) && driver.name !== "plug" && (
            <DriverInput
              drivers={drivers}
              kind="meter"
              words={meterWords}
              isNeeded={false}
              value={entry["meter"]}
              onChange={(meter) => onChange(withKey(entry, "meter", meter))}
              suggestion={nameOf(entry) ?? driver.name}
            />
          )}
          <FieldForm
            fields={[...driver.fields, ...common]}
            value={entry}
            onChange={onChange}
            first={oftenNeeded}
            own={ownInputs(driver.fields, nameOf(entry) ?? driver.name)}
          />
          <div className="device-test">
            <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
              Try it
            </Button>
            {test.data && <output data-tone={test.data.ok ? "calm" : "bad"}>{test.data.message}</output>}
          </div>
        </>
      )}
      <Problem error={test.error} onDismiss={test.reset} />
    </>
  );
}

/** What any heater may say beside what its owner chooses by its name and room. */
const heaterFields = ({ common }: DriverList): readonly Field[] =>
  common.heater.filter(({ key, kind, fields }) => {
    const isChosenElsewhere = ["id", "name", "sink"].includes(key);
    return !isChosenElsewhere && !(kind === "section" && fields.length === 0);
  });

const nameOf = ({ id, name }: Entry) => [id, name].find((word) => typeof word === "string");
