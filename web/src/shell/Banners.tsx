import { IconAlertTriangle, IconInfoCircle, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Site, SiteEvent } from "../api.ts";
import { duration } from "../format.ts";
import type { Link } from "../live.ts";
import { moment } from "../siteTime.ts";

/** What somebody has to know at once: a lost connection, old data, open alarms and warnings. */
export function Banners({ site, link }: { site: Site; link: Link }) {
  const time = (at: string) => moment(Date.parse(at), Date.parse(site.now), site.timezone);
  return (
    <div className="banners">
      <div role="alert">
        {link.kind === "lost" && (
          <Banner
            tone="bad"
            icon={<IconPlugConnectedX size={24} aria-hidden="true" />}
            title="Connection lost"
          >
            What you see is from {time(site.now)}. A hearth that runs goes on by itself; this page keeps
            trying to reach it.
          </Banner>
        )}
        {link.kind === "old" && (
          <Banner tone="bad" icon={<IconAlertTriangle size={24} aria-hidden="true" />} title="Old data">
            The hearth answers, but its control loop has not moved for {duration(roughly(link.seconds))}. Its
            log says why; heaters fall back to their safe state by themselves.
          </Banner>
        )}
      </div>
      {site.alarms.map((alarm) => (
        <div key={`${alarm.code} ${alarm.subject}`} role={alarm.level === "alarm" ? "alert" : "status"}>
          <Banner
            tone={alarm.level === "alarm" ? "bad" : "warn"}
            icon={
              alarm.level === "info" ? (
                <IconInfoCircle size={24} aria-hidden="true" />
              ) : (
                <IconAlertTriangle size={24} aria-hidden="true" />
              )
            }
            title={`${subjectName(site, alarm)}: ${alarm.level}`}
            note={`since ${time(alarm.at)}`}
          >
            {alarm.message}
          </Banner>
        </div>
      ))}
    </div>
  );
}

interface BannerProps {
  readonly tone: "bad" | "warn";
  readonly icon: ReactNode;
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Banner({ tone, icon, title, note, children }: BannerProps) {
  return (
    <div className="banner" data-tone={tone}>
      {icon}
      <div>
        <p className="banner-title">
          {title}
          {note !== undefined && <span className="banner-note"> {note}</span>}
        </p>
        <p>{children}</p>
      </div>
    </div>
  );
}

/** The name of the room or heater that an event is about. */
export function subjectName(site: Site, { subject }: SiteEvent): string {
  const named = [...site.sinks, ...site.heaters].find(({ id }) => id === subject);
  return named?.name ?? (subject === "site" ? site.name : subject);
}

/** In steps that a screen reader need not read out each second. */
const roughly = (seconds: number) => Math.floor(seconds / 30) * 30;
