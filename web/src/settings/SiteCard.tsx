import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, api, type Config, type DriverList, type Entry } from "../api.ts";
import { onlyIf, useShowConfig } from "../config/useConfig.ts";
import { changed, changesOf, isEntry, missingIn } from "../fields/entries.ts";
import { FieldForm, type FieldFormProps } from "../fields/FieldForm.tsx";
import { TimezoneInput } from "../fields/TimezoneInput.tsx";
import { DriverInput } from "../devices/DriverInput.tsx";
import { useDrivers } from "../devices/useDrivers.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";

const none: Entry = {};

interface SiteCardProps {
  readonly config: Config;
  readonly isSaved: boolean;
  readonly onSaved: () => void;
}

/** The site's name, time zone, feeder and prices, each in a field of its own. */
export function SiteCard({ config, isSaved, onSaved }: SiteCardProps) {
  const showConfig = useShowConfig();
  const { data: drivers, error } = useDrivers();
  const section = config.settings?.["site"];
  const before: Entry = isEntry(section) ? section : {};
  /** Kept as changes, so that they stand when the file is changed elsewhere meanwhile. */
  const [changes, setChanges] = useState(none);
  const site = changed(before, changes);
  const fields = drivers?.common.site ?? [];
  const isChanged = Object.keys(changes).length > 0;
  const missing = missingIn(fields, site);

  const save = useMutation({
    mutationFn: () =>
      answered(api.PUT("/api/v1/config/site", { params: { header: onlyIf(config) }, body: changes })),
    onSuccess: (next) => {
      onSaved();
      setChanges((now) => (now === changes ? none : now));
      showConfig(next);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && missing.length === 0) save.mutate();
  };

  return (
    <Card title="Site">
      <form onSubmit={submit}>
        <FieldForm
          fields={fields}
          value={site}
          onChange={(next) => setChanges(changesOf(before, next))}
          first={["name"]}
          own={ownInputs(drivers)}
        />
        {error && <p role="alert">{error.message}</p>}
        <div className="settings-foot">
          {isSaved && !isChanged && (
            <output className="week-saved">
              <IconCheck size={18} aria-hidden="true" /> Saved
            </output>
          )}
          {isChanged && (
            <Button variant="default" onClick={() => setChanges(none)}>
              Discard
            </Button>
          )}
          <Button type="submit" disabled={!isChanged || missing.length > 0} loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
      <Problem error={save.error} onDismiss={save.reset} />
    </Card>
  );
}

const meterWords = {
  offer: "Measured by a meter",
  needed: "Its meter",
  note: "A meter of what the whole site draws; it is recorded.",
} as const;

/** The site's keys that are drawn otherwise than by their kind. */
const ownInputs = (drivers: DriverList | undefined): NonNullable<FieldFormProps["own"]> => ({
  timezone: (value, onChange) => (
    <TimezoneInput value={typeof value === "string" ? value : ""} onChange={onChange} />
  ),
  ...(drivers && {
    meter: (value, onChange) => (
      <DriverInput
        drivers={drivers}
        kind="meter"
        words={meterWords}
        isNeeded={false}
        value={value}
        onChange={onChange}
        suggestion="site"
      />
    ),
  }),
});
