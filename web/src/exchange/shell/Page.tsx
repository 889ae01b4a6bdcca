import type { ReactNode } from "react";
import { baseUrl } from "../../asking.ts";
import { Header } from "../../shell/Header.tsx";
import { LinkBanner } from "../../shell/LinkBanner.tsx";
import { useLink } from "../../shell/linkContext.ts";
import { clockTime } from "../../siteTime.ts";
import { timezone } from "../timezone.ts";
import { useShownNetwork } from "./networkContext.ts";

interface PageProps {
  readonly title: string;
  /** Under the title: what leads back, or says where this page belongs. */
  readonly children: ReactNode;
}

/** The frame that all pages share: heading, connection, what somebody has to know at once, and the foot. */
export function Page({ title, children }: PageProps) {
  const { at, version } = useShownNetwork();
  const link = useLink();
  return (
    <div className="page">
      <Header title={title} place={location.host} link={link} />
      <main id="content" tabIndex={-1}>
        <div className="banners">
          <LinkBanner
            link={link}
            from={clockTime(Date.parse(at), timezone)}
            work="what it tells has"
            advice="Its log says why; jobs and leases go on in its database."
          />
        </div>
        {children}
      </main>
      <footer className="foot">
        <span>Hearthwork {version}</span>
        <a href={`${baseUrl}/api/docs`}>API</a>
      </footer>
    </div>
  );
}
