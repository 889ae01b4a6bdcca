import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { baseUrl } from "../asking.ts";
import { Failed } from "../shell/Failed.tsx";
import { NetworkPage } from "./network/NetworkPage.tsx";
import { NoPage } from "./shell/NoPage.tsx";
import { Shell } from "./shell/Shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NoPage });
const getParentRoute = () => root;

const network = createRoute({ getParentRoute, path: "/", component: NetworkPage });

const book = createRoute({
  getParentRoute,
  path: "/book",
  component: lazyRouteComponent(() => import("./book/BookPage.tsx"), "BookPage"),
});
const jobs = createRoute({
  getParentRoute,
  path: "/jobs",
  component: lazyRouteComponent(() => import("./jobs/JobsPage.tsx"), "JobsPage"),
});
const job = createRoute({
  getParentRoute,
  path: "/jobs/$id",
  component: lazyRouteComponent(() => import("./job/JobPage.tsx"), "JobPage"),
});

const account = createRoute({
  getParentRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/AccountPage.tsx"), "AccountPage"),
});
const signIn = createRoute({
  getParentRoute,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./entrance/SignInPage.tsx"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("./entrance/SignUpPage.tsx"), "SignUpPage"),
});
const admin = createRoute({
  getParentRoute,
  path: "/admin",
  component: lazyRouteComponent(() => import("./admin/AdminPage.tsx"), "AdminPage"),
});
const audit = createRoute({
  getParentRoute,
  path: "/audit",
  component: lazyRouteComponent(() => import("./admin/AuditPage.tsx"), "AuditPage"),
});
const submit = createRoute({
  getParentRoute,
  path: "/submit",
  component: lazyRouteComponent(() => import("./submit/SubmitPage.tsx"), "SubmitPage"),
});
const money = createRoute({
  getParentRoute,
  path: "/money",
  component: lazyRouteComponent(() => import("./money/MoneyPage.tsx"), "MoneyPage"),
});
const provider = createRoute({
  getParentRoute,
  path: "/providers/$id",
  component: lazyRouteComponent(() => import("./provider/ProviderPage.tsx"), "ProviderPage"),
});

/** An exchange's pages and their addresses; all but the first are loaded when they are first wanted. */
export const router = createRouter({
  routeTree: root.addChildren([
    network,
    book,
    jobs,
    job,
    money,
    submit,
    provider,
    account,
    signIn,
    signUp,
    admin,
    audit,
  ]),
  basepath: new URL(baseUrl).pathname,
  defaultPreload: "intent",
  defaultErrorComponent: Failed,
  scrollRestoration: true,
});
