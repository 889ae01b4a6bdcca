import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { answered, api, type Config, type DriverList, type Entry } from "../api.ts";
import { roomEntry } from "../config/firstConfig.ts";
import { onlyIf, useShowConfig } from "../config/useConfig.ts";
import { changesOf, entriesOf, isEntry, withKey } from "../fields/entries.ts";
import { idOf } from "../fields/idOf.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { DeviceForm } from "./DeviceForm.tsx";
import type { Draft } from "./draft.ts";
import { useDrivers } from "./useDrivers.ts";

interface EntryEditorProps {
  readonly draft: Draft;
  readonly config: Config;
  /** With words when something was written. */
  readonly onEnd: (words?: string) => void;
}

const lists = { heater: "heaters", room: "sinks" } as const;
const defaultAreaM2 = 20;

/** Adds a heater or a room with its thermometer to hearth.yaml, or changes one. */
export function EntryEditor({ draft, config, onEnd }: EntryEditorProps) {
  const { kind, id } = draft;
  const { data: drivers, error } = useDrivers();
  const show = useShowConfig();
  const site = useShownSite();
  const [entry, setEntry] = useState<Entry>(draft.entry);
  const list = lists[kind];
  const known = entriesOf(config.settings, list);
  const before = known.find((one) => one["id"] === id) ?? {};
  const name = typeof entry["name"] === "string" ? entry["name"] : (id ?? "");
  const top = useRef<HTMLFormElement>(null);
  useEffect(() => {
    top.current?.scrollIntoView({ block: "start" });
    top.current?.querySelector<HTMLElement>("input, select")?.focus({ preventScroll: true });
  }, []);

  const save = useMutation({
    mutationFn: () => {
      const { id: suggested, ...typed } = entry;
      const wanted = typeof suggested === "string" ? suggested : idOf(name, kind);
      const path = { id: id ?? freeId(wanted, known) };
      const whole = kind === "room" && id === undefined ? newRoom(typed) : typed;
      const { id: _, ...old } = before;
      const request = { params: { path, header: onlyIf(config) }, body: changesOf(old, whole) };
      return answered(
        kind === "heater"
          ? api.PUT("/api/v1/config/heaters/{id}", request)
          : api.PUT("/api/v1/config/sinks/{id}", request),
      );
    },
    onSuccess: (next) => {
      show(next);
      onEnd(`${name} was ${id === undefined ? "added" : "changed"}.`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const verb = id === undefined ? "Add" : "Change";
  return (
    <form className="entry-editor" onSubmit={submit} ref={top}>
      <Card title={id === undefined ? `A new ${kind}` : `${verb} ${name}`}>
        <div className="fields">
          <TextInput
            label={`Name of the ${kind}`}
            value={typeof entry["name"] === "string" ? entry["name"] : ""}
            onChange={({ currentTarget: { value } }) =>
              setEntry(withKey(entry, "name", value === "" ? undefined : value))
            }
          />
          {kind === "heater" ? (
            <NativeSelect
              label="Room that it heats"
              value={typeof entry["sink"] === "string" ? entry["sink"] : ""}
              onChange={(event) => setEntry({ ...entry, sink: event.currentTarget.value })}
              data={site.sinks.map((room) => ({ value: room.id, label: room.name }))}
            />
          ) : (
            <AreaInput entry={entry} onChange={setEntry} />
          )}
        </div>
        {drivers && <DeviceOf kind={kind} drivers={drivers} entry={entry} onChange={setEntry} />}
        {error && <p role="alert">{error.message}</p>}
        <div className="entry-foot">
          <Button variant="default" onClick={() => onEnd()}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!drivers}>
            {verb === "Add" ? `Add the ${kind}` : "Save"}
          </Button>
        </div>
        <Problem error={save.error} onDismiss={save.reset} />
      </Card>
    </form>
  );
}

interface PartProps {
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
}

function AreaInput({ entry, onChange }: PartProps) {
  const model = isEntry(entry["model"]) ? entry["model"] : {};
  return (
    <NumberInput
      label="Area"
      suffix=" m²"
      min={1}
      value={typeof model["areaM2"] === "number" ? model["areaM2"] : defaultAreaM2}
      onChange={(value) => {
        if (typeof value === "number") onChange({ ...entry, model: { ...model, areaM2: value } });
      }}
    />
  );
}

function DeviceOf({
  kind,
  drivers,
  entry,
  onChange,
}: PartProps & Pick<Draft, "kind"> & { drivers: DriverList }) {
  if (kind === "heater") {
    const kept = ["id", "name", "sink", "plug"];
    return <DeviceForm kind="heater" drivers={drivers} entry={entry} onChange={onChange} kept={kept} />;
  }
  const sensor = isEntry(entry["sensor"]) ? entry["sensor"] : {};
  return (
    <DeviceForm
      kind="sensor"
      drivers={drivers}
      entry={sensor}
      onChange={(next) => onChange({ ...entry, sensor: next })}
    />
  );
}

function newRoom(typed: Entry): Entry {
  const { name, sensor, model, ...others } = typed;
  const areaM2 = isEntry(model) && typeof model["areaM2"] === "number" ? model["areaM2"] : defaultAreaM2;
  return {
    ...roomEntry({
      name: typeof name === "string" ? name : "Room",
      areaM2,
      sensor: isEntry(sensor) ? sensor : {},
    }),
    ...others,
  };
}

function freeId(wanted: string, known: readonly Entry[]): string {
  const taken = new Set(known.map(({ id }) => id));
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted.slice(0, 44)}-${count}`;
  return id;
}
