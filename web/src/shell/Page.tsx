import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { baseUrl } from "../api.ts";
import { Banners } from "./Banners.tsx";
import { Header } from "./Header.tsx";
import { useLink } from "./linkContext.ts";
import { SiteClock } from "./SiteClock.tsx";
import { useShownSite } from "./siteContext.ts";

interface PageProps {
  readonly title: string;
  /** Under the title: what leads back, or says where this page belongs. */
  readonly children: ReactNode;
}

/** The frame that all pages share: heading, clock, connection, what somebody has to know at once, and the foot. */
export function Page({ title, children }: PageProps) {
  const site = useShownSite();
  const link = useLink();
  return (
    <div className="page">
      <Header title={title} place={title === site.name ? undefined : site.name} link={link}>
        <SiteClock site={site} />
      </Header>
      <main id="content" tabIndex={-1}>
        <Banners site={site} link={link} />
        {children}
      </main>
      <footer className="foot">
        <span>Hearthwork {site.version}</span>
        <Link to="/calculator">Calculator</Link>
        <a href={`${baseUrl}/api/docs`}>API</a>
      </footer>
    </div>
  );
}
