import { Button, NumberInput, Progress, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { answered, api, baseUrl, type Entry, type FoundDevice } from "../api.ts";
import { firstConfigOf } from "../config/firstConfig.ts";
import { DeviceForm } from "../devices/DeviceForm.tsx";
import { Search } from "../devices/Search.tsx";
import { useDrivers } from "../devices/useDrivers.ts";
import { FieldForm, type FieldFormProps } from "../fields/FieldForm.tsx";
import { TimezoneInput } from "../fields/TimezoneInput.tsx";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import { siteKey } from "../useSite.ts";
import { useVirtualHome, virtualHomeKey } from "../useVirtualHome.ts";
import "./welcome.css";

/** Stands at every address until the site is set up: a virtual home to look around in, and the way to a real one. */
export function Welcome() {
  useEffect(() => {
    document.title = "Welcome · Hearthwork";
  }, []);
  return (
    <main className="welcome" id="content">
      <header className="welcome-head">
        <img src={`${baseUrl}/icon.svg`} alt="" width={64} height={64} />
        <div>
          <h1>Welcome to Hearthwork</h1>
          <p>This hearth is not set up yet. Look around first, or begin with a room and a heater of yours.</p>
        </div>
      </header>
      <VirtualHomeCard />
      <FirstHome />
    </main>
  );
}

function VirtualHomeCard() {
  const client = useQueryClient();
  const { data: home } = useVirtualHome();
  const enter = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/virtual-home")),
    onSuccess: (next) => client.setQueryData(virtualHomeKey, next),
  });
  const isOpen = home?.state === "open";
  useEffect(() => {
    if (isOpen) void client.refetchQueries({ queryKey: siteKey });
  }, [client, isOpen]);
  if (!home || home.state === "unavailable") return null;
  return (
    <Card title="A virtual home">
      <p className="welcome-words">
        Two rooms with a week of history, heated by virtual miners and a twin of this computer. Nothing of it
        is kept, and nothing of yours is asked or switched.
      </p>
      {home.state === "opening" ? (
        <Progress value={home.progress * 100} aria-label="Opening the virtual home" />
      ) : (
        <Button variant="light" loading={enter.isPending || isOpen} onClick={() => enter.mutate()}>
          Look around in the virtual home
        </Button>
      )}
      {home.state === "failed" && <p role="alert">{home.message}</p>}
      <Problem error={enter.error} onDismiss={enter.reset} />
    </Card>
  );
}

const ownSiteFields: NonNullable<FieldFormProps["own"]> = {
  timezone: (value, onChange) => (
    <TimezoneInput value={typeof value === "string" ? value : ""} onChange={onChange} />
  ),
};

function FirstHome() {
  const client = useQueryClient();
  const { data: drivers, error } = useDrivers();
  const [site, setSite] = useState<Entry>({
    name: "Home",
    timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const [room, setRoom] = useState("Living room");
  const [areaM2, setArea] = useState(20);
  const [sensor, setSensor] = useState<Entry>({});
  const [heater, setHeater] = useState<Entry>({});
  const create = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/v1/config", {
          body: firstConfigOf({ site, room: { name: room, areaM2, sensor }, heater }),
        }),
      ),
    onSuccess: () => client.refetchQueries({ queryKey: siteKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const offers = ({ kind, entry }: FoundDevice) => {
    if (!entry) return null;
    const uses = {
      heater: ["Heat with it", () => setHeater((before) => ({ ...keptPlug(before), ...entry }))],
      plug: ["Put it before the heater", () => setHeater((before) => ({ ...before, plug: entry }))],
      sensor: ["Take it as the thermometer", () => setSensor(entry)],
      unknown: undefined,
    } as const;
    const use = uses[kind];
    return (
      use && (
        <Button size="compact-sm" variant="light" onClick={use[1]}>
          {use[0]}
        </Button>
      )
    );
  };
  if (!drivers) return <p className="card">{error?.message ?? "Asking the hearth…"}</p>;

  return (
    <>
      <Search offers={offers} />
      <form className="welcome-form" onSubmit={submit}>
        <Card title="Your home">
          <FieldForm
            fields={drivers.common.site}
            value={site}
            onChange={setSite}
            first={["name"]}
            own={ownSiteFields}
          />
        </Card>
        <Card title="A room and its thermometer">
          <div className="fields">
            <TextInput
              label="Name of the room"
              withAsterisk
              value={room}
              onChange={(event) => setRoom(event.currentTarget.value)}
            />
            <NumberInput
              label="Area"
              suffix=" m²"
              min={1}
              value={areaM2}
              onChange={(value) => typeof value === "number" && setArea(value)}
            />
          </div>
          <DeviceForm kind="sensor" drivers={drivers} entry={sensor} onChange={setSensor} />
        </Card>
        <Card title="What heats it">
          <TextInput
            label="Name of the heater"
            value={typeof heater["name"] === "string" ? heater["name"] : ""}
            onChange={(event) => setHeater({ ...heater, name: event.currentTarget.value })}
          />
          <DeviceForm
            kind="heater"
            drivers={drivers}
            entry={heater}
            onChange={setHeater}
            kept={["name", "plug"]}
          />
        </Card>
        <div className="welcome-foot">
          <p>
            This writes hearth.yaml. The room is wanted at 21 °C from 06:30 to 22:30 and at 18 °C otherwise,
            until you say so differently under Comfort.
          </p>
          <Button type="submit" size="md" loading={create.isPending}>
            Begin
          </Button>
        </div>
        <Problem error={create.error} onDismiss={create.reset} />
      </form>
    </>
  );
}

const keptPlug = ({ plug }: Entry): Entry => (plug === undefined ? {} : { plug });
