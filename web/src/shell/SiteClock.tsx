import type { Site } from "../api.ts";
import { clockTime, longDay, shortDate } from "../siteTime.ts";

/** The time as the site's clocks show it. */
export function SiteClock({ site }: { site: Site }) {
  const now = Date.parse(site.now);
  return (
    <p className="head-time">
      <time dateTime={site.now}>
        <span className="head-clock">{clockTime(now, site.timezone)}</span>
        <span className="head-day wide-only">{longDay(now, site.timezone)}</span>
        <span className="head-day narrow-only" aria-hidden="true">
          {shortDate(now, site.timezone)}
        </span>
      </time>
    </p>
  );
}
