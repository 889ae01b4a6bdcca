import {
  IconAlertTriangle,
  IconBolt,
  IconCheck,
  IconHourglass,
  IconPlayerPause,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import type { Site } from "../api.ts";
import { money, plain, sentence, watts } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { moment } from "../siteTime.ts";
import "./loads.css";

type Load = Site["loads"][number];

const states = {
  waits: { word: "Waits", tone: "calm", Icon: IconHourglass },
  runs: { word: "Runs", tone: "ember", Icon: IconBolt },
  done: { word: "Done", tone: "calm", Icon: IconCheck },
  short: { word: "Makes room", tone: "warn", Icon: IconPlayerPause },
  fault: { word: "Fault", tone: "bad", Icon: IconAlertTriangle },
  unreachable: { word: "Not reachable", tone: "bad", Icon: IconPlugConnectedX },
} as const;

/** What may run at any time before a deadline: how far each is, and why it does what it does. */
export function LoadsCard({ site }: { site: Site }) {
  if (site.loads.length === 0) return null;
  return (
    <Card title={site.loads.length === 1 ? "Load" : "Loads"}>
      <ul className="loads">
        {site.loads.map((load) => (
          <LoadRow key={load.id} load={load} site={site} />
        ))}
      </ul>
      <LoadsToday today={site.today} />
    </Card>
  );
}

/** What they drew since midnight. */
function LoadsToday({ today: { loads } }: Pick<Site, "today">) {
  if (!loads) return null;
  return (
    <p className="fact-note">
      Since midnight {plain(loads.energyKwh, 2, "kWh")} for {money(loads.cost)}.
    </p>
  );
}

function LoadRow({ load, site }: { load: Load; site: Site }) {
  const { word, tone, Icon } = states[load.state];
  const at = (time: string) => moment(Date.parse(time), Date.parse(site.now), site.timezone);
  const digits = load.unit === "kWh" ? 2 : 0;
  return (
    <li>
      <div className="loads-head">
        <strong>{load.name}</strong>
        <span className="chip" data-tone={tone}>
          <Icon size={16} aria-hidden="true" />
          {word}
        </span>
      </div>
      <progress
        aria-label={`${load.name}: done`}
        max={load.needed}
        value={Math.min(load.done, load.needed)}
      />
      <p>
        {plain(load.done, digits)} of {plain(load.needed, digits, load.unit)}
        {load.watts !== null && load.watts > 0 && `, draws ${watts(load.watts)}`}
        {load.until && `, until ${at(load.until)}`}
      </p>
      <p className="fact-note">{sentence(load.reason)}.</p>
    </li>
  );
}
