import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { baseUrl } from "./api.ts";
import { answerSearch } from "./calculator/answerSearch.ts";
import { rangeSearch } from "./chart/rangeSearch.ts";
import { eventSearch } from "./events/eventSearch.ts";
import { historySearch } from "./history/historySearch.ts";
import { Home } from "./home/Home.tsx";
import { Failed } from "./shell/Failed.tsx";
import { NoPage } from "./shell/NoPage.tsx";
import { Shell } from "./shell/Shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NoPage });
const getParentRoute = () => root;

const home = createRoute({ getParentRoute, path: "/", component: Home });
const comfort = createRoute({
  getParentRoute,
  path: "/comfort",
  validateSearch: ({ room }: Readonly<Record<string, unknown>>): { readonly room?: string } =>
    typeof room === "string" ? { room } : {},
  component: lazyRouteComponent(() => import("./comfort/Comfort.tsx"), "Comfort"),
});
const heater = createRoute({
  getParentRoute,
  path: "/heaters/$id",
  validateSearch: rangeSearch,
  component: lazyRouteComponent(() => import("./heater/HeaterPage.tsx"), "HeaterPage"),
});
const history = createRoute({
  getParentRoute,
  path: "/history",
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import("./history/History.tsx"), "History"),
});
const plan = createRoute({
  getParentRoute,
  path: "/plan",
  component: lazyRouteComponent(() => import("./plan/PlanPage.tsx"), "PlanPage"),
});
const events = createRoute({
  getParentRoute,
  path: "/events",
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import("./events/Events.tsx"), "Events"),
});
const calculator = createRoute({
  getParentRoute,
  path: "/calculator",
  validateSearch: answerSearch,
  component: lazyRouteComponent(() => import("./calculator/CalculatorPage.tsx"), "CalculatorPage"),
});
const devices = createRoute({
  getParentRoute,
  path: "/devices",
  component: lazyRouteComponent(() => import("./devices/Devices.tsx"), "Devices"),
});
const settings = createRoute({
  getParentRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/Settings.tsx"), "Settings"),
});

/** The pages and their addresses; all but Home are loaded when they are first wanted. */
export const router = createRouter({
  routeTree: root.addChildren([home, comfort, heater, plan, history, events, calculator, devices, settings]),
  basepath: new URL(baseUrl).pathname,
  defaultPreload: "intent",
  defaultErrorComponent: Failed,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
