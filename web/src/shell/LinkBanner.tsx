import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import { serverName } from "../asking.ts";
import { duration } from "../format.ts";
import type { Link } from "../live.ts";
import { Banner } from "./Banner.tsx";

interface LinkBannerProps {
  readonly link: Link;
  /** Of when what is shown is, in words. */
  readonly from: string;
  /** What goes on at the server, as the subject of a sentence. */
  readonly work: string;
  /** What to know or do when that stands still. */
  readonly advice: string;
}

/** That the connection is lost, or that what is shown is old. */
export function LinkBanner({ link, from, work, advice }: LinkBannerProps) {
  const server = serverName();
  const article = server === "exchange" ? "An" : "A";
  return (
    <div role="alert">
      {link.kind === "lost" && (
        <Banner tone="bad" icon={<IconPlugConnectedX size={24} aria-hidden="true" />} title="Connection lost">
          What you see is from {from}. {article} {server} that runs goes on by itself; this page keeps trying
          to reach it.
        </Banner>
      )}
      {link.kind === "old" && (
        <Banner tone="bad" icon={<IconAlertTriangle size={24} aria-hidden="true" />} title="Old data">
          The {server} answers, but {work} not moved for {duration(roughly(link.seconds))}. {advice}
        </Banner>
      )}
    </div>
  );
}

/** In steps that a screen reader need not read out each second. */
const roughly = (seconds: number) => Math.floor(seconds / 30) * 30;
