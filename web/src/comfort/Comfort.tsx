import { SegmentedControl } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { comfortWords } from "../comfortNow.ts";
import { useConfig } from "../config/useConfig.ts";
import { celsius } from "../format.ts";
import { RoomActions } from "../home/RoomActions.tsx";
import { Card } from "../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { comfortOf } from "./comfortOf.ts";
import { Schedule } from "./Schedule.tsx";
import "./comfort.css";

/** The temperatures wanted in a room or a tank: over the week, and other than that for now. */
export function Comfort() {
  const site = useShownSite();
  const { room } = useSearch({ from: "/comfort" });
  const navigate = useNavigate({ from: "/comfort" });
  const { data: config, error, isPending } = useConfig();
  const [savedSink, setSavedSink] = useState<string>();
  const rooms = site.sinks.filter(({ kind }) => kind === "room" || kind === "tank");
  const sink = rooms.find(({ id }) => id === room) ?? rooms[0];
  if (!sink) {
    return (
      <Page title="Comfort">
        <Nothing words="There is no room yet." />
      </Page>
    );
  }
  const settings = config && comfortOf(config, sink.id);

  return (
    <Page title="Comfort">
      {rooms.length > 1 && (
        <div className="rooms">
          <SegmentedControl
            radius="xl"
            withItemsBorders={false}
            aria-label="Room or tank"
            value={sink.id}
            onChange={(id) => void navigate({ search: { room: id }, replace: true, resetScroll: false })}
            data={rooms.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      )}
      <Card title={sink.name} aside={<p className="card-note">now {celsius(sink.temperatureC)}</p>}>
        <p className="comfort-now">
          <strong>{celsius(sink.comfort.targetC)}</strong>{" "}
          {comfortWords(sink.comfort, site.now, site.timezone)}
        </p>
        <RoomActions sink={sink} site={site} onBackToSchedule={() => {}} />
      </Card>
      {config && settings ? (
        <Schedule
          key={`${sink.id} ${config.etag}`}
          site={site}
          sink={sink}
          config={config}
          settings={settings}
          isSaved={savedSink === sink.id}
          onSaved={(isSaved) => setSavedSink(isSaved ? sink.id : undefined)}
        />
      ) : (
        <Nothing
          words={
            error?.message ??
            (isPending
              ? "Asking the hearth…"
              : "hearth.yaml does not say this week in a way that can be drawn here.")
          }
        />
      )}
    </Page>
  );
}

function Nothing({ words }: { words: string }) {
  return (
    <div className="empty">
      <IconCalendarOff size={40} stroke={1.25} aria-hidden="true" />
      <p>{words}</p>
      <Link className="more" to="/events">
        See what happened
      </Link>
    </div>
  );
}
