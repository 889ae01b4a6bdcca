import {
  IconAdjustmentsHorizontal,
  IconCalculator,
  IconCalendarWeek,
  IconChartLine,
  IconCpu,
  IconHome,
  IconListDetails,
  IconTimeline,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

const places = [
  { to: "/", name: "Home", Icon: IconHome },
  { to: "/comfort", name: "Comfort", Icon: IconCalendarWeek },
  { to: "/plan", name: "Plan", Icon: IconTimeline },
  { to: "/history", name: "History", Icon: IconChartLine },
  { to: "/events", name: "Events", Icon: IconListDetails },
  { to: "/calculator", name: "Calculator", Icon: IconCalculator, isWideOnly: true },
  { to: "/devices", name: "Devices", Icon: IconCpu },
  { to: "/settings", name: "Settings", Icon: IconAdjustmentsHorizontal },
] as const;

/** The ways to the pages, but for one that a phone has at its pages' foot: a rail beside them where there is room, a bar under the thumb on a phone. */
export function Navigation() {
  return (
    <nav className="nav" aria-label="Pages">
      <ul>
        {places.map(({ to, name, Icon, ...more }) => (
          <li key={to} data-wide={"isWideOnly" in more || undefined}>
            <Link className="nav-place" to={to} activeOptions={{ exact: to === "/" }}>
              <span className="nav-icon">
                <Icon size={24} stroke={1.75} aria-hidden="true" />
              </span>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
