import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Config, Entry, FoundDevice } from "../api.ts";
import { undoConfig, useConfig, useShowConfig } from "../config/useConfig.ts";
import { entriesOf } from "../fields/entries.ts";
import { Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import type { Draft } from "./draft.ts";
import { EntryEditor } from "./EntryEditor.tsx";
import { RoomDevices } from "./RoomDevices.tsx";
import { Search } from "./Search.tsx";
import "./devices.css";

/** All devices of the home: what they are, how they do, and how they are found, added, changed and taken out. */
export function Devices() {
  const site = useShownSite();
  const { data: config, error } = useConfig();
  const [draft, setDraft] = useState<Draft>();
  const [done, setDone] = useState<string>();
  const begin = (next: Draft) => {
    setDone(undefined);
    setDraft(next);
  };
  const end = (words?: string) => {
    setDraft(undefined);
    setDone(words);
  };
  const firstRoom = site.sinks[0]?.id;
  const newHeater = (entry: Entry) =>
    begin({
      kind: "heater",
      id: undefined,
      entry: { ...(firstRoom !== undefined && { sink: firstRoom }), ...entry },
    });
  const newRoom = (entry: Entry) => begin({ kind: "room", id: undefined, entry });
  const changeHeater = (id: string, over: Entry = {}) => {
    const entry = config && entriesOf(config.settings, "heaters").find((one) => one["id"] === id);
    if (entry) begin({ kind: "heater", id, entry: { ...entry, ...over } });
  };
  const changeRoom = (id: string, over: Entry = {}) => {
    const entry = config && entriesOf(config.settings, "sinks").find((one) => one["id"] === id);
    if (entry) begin({ kind: "room", id, entry: { ...entry, ...over } });
  };

  const offers = ({ kind, entry, title }: FoundDevice) => {
    if (!entry) return null;
    if (kind === "heater") return <Offer words={`Add ${title}`} onTake={() => newHeater(entry)} />;
    if (kind === "plug") {
      const free = site.heaters.map(({ id, name }) => (
        <Offer key={id} words={`Before ${name}`} onTake={() => changeHeater(id, { plug: entry })} />
      ));
      return [
        ...free,
        <Offer key="+" words="Before a new heater" onTake={() => newHeater({ plug: entry })} />,
      ];
    }
    const rooms = site.sinks.map(({ id, name }) => (
      <Offer key={id} words={`Use in ${name}`} onTake={() => changeRoom(id, { sensor: entry })} />
    ));
    return [...rooms, <Offer key="+" words="Use in a new room" onTake={() => newRoom({ sensor: entry })} />];
  };

  return (
    <Page title="Devices">
      {config && done !== undefined && (
        <Done words={done} config={config} onUndone={() => setDone(undefined)} />
      )}
      {config && draft && (
        <EntryEditor
          key={`${draft.kind} ${draft.id ?? "new"} ${JSON.stringify(draft.entry)}`}
          draft={draft}
          config={config}
          onEnd={end}
        />
      )}
      {site.sinks.map((room) => (
        <RoomDevices
          key={room.id}
          site={site}
          room={room}
          config={config}
          onChangeHeater={changeHeater}
          onChangeRoom={changeRoom}
          onRemoved={end}
        />
      ))}
      <div className="devices-add">
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden="true" />}
          onClick={() => newHeater({})}
        >
          Add a heater
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden="true" />}
          onClick={() => newRoom({})}
        >
          Add a room
        </Button>
      </div>
      <Search offers={offers} />
      {error && !config && (
        <p className="card" role="alert">
          {error.message}
        </p>
      )}
    </Page>
  );
}

function Offer({ words, onTake }: { words: string; onTake: () => void }) {
  return (
    <Button size="compact-sm" variant="light" onClick={onTake}>
      {words}
    </Button>
  );
}

/** Says what was changed, and takes it back. */
function Done({ words, config, onUndone }: { words: string; config: Config; onUndone: () => void }) {
  const show = useShowConfig();
  const undo = useMutation({
    mutationFn: () => undoConfig(config),
    onSuccess: (next) => {
      show(next);
      onUndone();
    },
  });
  return (
    <div className="card devices-done">
      <output>{words}</output>
      {config.canUndo && (
        <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
          Undo
        </Button>
      )}
      <Problem error={undo.error} onDismiss={undo.reset} />
    </div>
  );
}
