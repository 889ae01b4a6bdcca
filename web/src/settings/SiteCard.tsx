import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, api, type Config, type Entry } from "../api.ts";
import { onlyIf, useShowConfig } from "../config/useConfig.ts";
import { changesOf, isEntry, missingIn } from "../fields/entries.ts";
import { FieldForm } from "../fields/FieldForm.tsx";
import { TimezoneInput } from "../fields/TimezoneInput.tsx";
import { useDrivers } from "../devices/useDrivers.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";

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
  const [site, setSite] = useState(before);
  const fields = drivers?.common.site ?? [];
  const changes = changesOf(before, site);
  const isChanged = Object.keys(changes).length > 0;
  const missing = missingIn(fields, site);

  const save = useMutation({
    mutationFn: () =>
      answered(api.PUT("/api/v1/config/site", { params: { header: onlyIf(config) }, body: changes })),
    onSuccess: (next) => {
      onSaved();
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
        <FieldForm fields={fields} value={site} onChange={setSite} first={["name"]} own={ownInputs} />
        {error && <p role="alert">{error.message}</p>}
        <div className="settings-foot">
          {isSaved && !isChanged && (
            <output className="week-saved">
              <IconCheck size={18} aria-hidden="true" /> Saved
            </output>
          )}
          {isChanged && (
            <Button variant="default" onClick={() => setSite(before)}>
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

const ownInputs: NonNullable<Parameters<typeof FieldForm>[0]["own"]> = {
  timezone: (value, onChange) => (
    <TimezoneInput value={typeof value === "string" ? value : ""} onChange={onChange} />
  ),
};
