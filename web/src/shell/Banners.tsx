import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { Site, SiteEvent } from "../api.ts";
import type { Link } from "../live.ts";
import { moment } from "../siteTime.ts";
import { Banner } from "./Banner.tsx";
import { LinkBanner } from "./LinkBanner.tsx";

/** What somebody has to know at once: a lost connection, old data, open alarms and warnings. */
export function Banners({ site, link }: { site: Site; link: Link }) {
  const time = (at: string) => moment(Date.parse(at), Date.parse(site.now), site.timezone);
  return (
    <div className="banners">
      <LinkBanner
        link={link}
        from={time(site.now)}
        work="its control loop has"
        advice="Its log says why; heaters fall back to their safe state by themselves."
      />
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

/** The name of the room or heater that an event is about. */
export function subjectName(site: Site, { subject }: SiteEvent): string {
  const named = [...site.sinks, ...site.heaters].find(({ id }) => id === subject);
  return named?.name ?? (subject === "site" ? site.name : subject);
}
