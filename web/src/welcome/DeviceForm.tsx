import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answered, api, type DriverList, type Entry } from "../api.ts";
import { FieldForm } from "../fields/FieldForm.tsx";
import { Problem } from "../shell/Problem.tsx";

interface DeviceFormProps {
  readonly kind: "heater" | "sensor";
  readonly drivers: DriverList;
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
}

/** A device as hearth.yaml names it: its driver, the driver's keys, and a try at it. */
export function DeviceForm({ kind, drivers, entry, onChange }: DeviceFormProps) {
  const offered = drivers.drivers.filter((driver) => driver.kind === kind);
  const driver = offered.find(({ name }) => name === entry["driver"]);
  const test = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/devices/test", { body: { kind, entry } })),
  });
  return (
    <>
      <NativeSelect
        label={kind === "heater" ? "Kind of heater" : "Kind of thermometer"}
        withAsterisk
        description={driver?.summary}
        value={driver?.name ?? ""}
        onChange={(event) => {
          const { name } = entry;
          test.reset();
          onChange({
            ...(name === undefined ? {} : { name }),
            ...(event.currentTarget.value === "" ? {} : { driver: event.currentTarget.value }),
          });
        }}
        data={[
          { value: "", label: "Choose…" },
          ...offered.map(({ name, summary }) => ({ value: name, label: `${name}: ${summary}` })),
        ]}
      />
      {driver && <FieldForm fields={driver.fields} value={entry} onChange={onChange} />}
      {driver && (
        <div className="welcome-test">
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            Try it
          </Button>
          {test.data && <output data-tone={test.data.ok ? "calm" : "bad"}>{test.data.message}</output>}
        </div>
      )}
      <Problem error={test.error} onDismiss={test.reset} />
    </>
  );
}
