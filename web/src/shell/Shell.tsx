import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Refusal } from "../api.ts";
import { useSite } from "../useSite.ts";
import { Frame } from "./Frame.tsx";
import { NoAnswer } from "./NoAnswer.tsx";
import { SiteContext } from "./siteContext.ts";
import { sitePlaces } from "./sitePlaces.ts";
import { VirtualRibbon } from "./VirtualRibbon.tsx";

const Welcome = lazy(async () => ({ default: (await import("../welcome/Welcome.tsx")).Welcome }));

/** What stands around every page: the site and the connection to it, and the ways to the other pages. */
export function Shell() {
  const { value: site, error, link, retry } = useSite();
  if (!site && error instanceof Refusal && error.code === "site/not-set-up") {
    return (
      <Suspense fallback={<NoAnswer error={null} onRetry={retry} />}>
        <Welcome />
      </Suspense>
    );
  }
  if (!site) return <NoAnswer error={error} onRetry={retry} />;
  return (
    <SiteContext value={site}>
      <Frame link={link} places={sitePlaces}>
        {site.virtual && <VirtualRibbon speed={site.virtual.speed} />}
        <Outlet />
      </Frame>
    </SiteContext>
  );
}
