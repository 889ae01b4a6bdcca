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
import type { Place } from "./Navigation.tsx";

/** The pages of a hearth. */
export const sitePlaces: readonly Place[] = [
  { to: "/", name: "Home", Icon: IconHome },
  { to: "/comfort", name: "Comfort", Icon: IconCalendarWeek },
  { to: "/plan", name: "Plan", Icon: IconTimeline },
  { to: "/history", name: "History", Icon: IconChartLine },
  { to: "/events", name: "Events", Icon: IconListDetails },
  { to: "/calculator", name: "Calculator", Icon: IconCalculator, isWideOnly: true },
  { to: "/devices", name: "Devices", Icon: IconCpu },
  { to: "/settings", name: "Settings", Icon: IconAdjustmentsHorizontal },
];
