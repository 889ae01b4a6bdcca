import { Outlet, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { Refusal } from "../api.ts";
import { useSite } from "../useSite.ts";
import { LinkContext } from "./linkContext.ts";
import { Navigation } from "./Navigation.tsx";
import { NoSite } from "./NoSite.tsx";
import { SiteContext } from "./siteContext.ts";
import { VirtualRibbon } from "./VirtualRibbon.tsx";
import "./shell.css";
import "./navigation.css";

const Welcome = lazy(async () => ({ default: (await import("../welcome/Welcome.tsx")).Welcome }));

/** What stands around every page: the site and the connection to it, and the ways to the other pages. */
export function Shell() {
  const { site, error, link, retry } = useSite();
  useHeadingFocus();
  if (!site && error instanceof Refusal && error.code === "site/not-set-up") {
    return (
      <Suspense fallback={<NoSite error={null} onRetry={retry} />}>
        <Welcome />
      </Suspense>
    );
  }
  if (!site) return <NoSite error={error} onRetry={retry} />;
  return (
    <SiteContext value={site}>
      <LinkContext value={link}>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <div className="shell" data-link={link.kind}>
          <Navigation />
          <div className="shell-main">
            {site.virtual && <VirtualRibbon speed={site.virtual.speed} />}
            <Outlet />
          </div>
        </div>
      </LinkContext>
    </SiteContext>
  );
}

/** Who goes to another page by keyboard or screen reader begins at its heading, as with a page that is loaded. */
function useHeadingFocus() {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return;
        document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
      }),
    [router],
  );
}
