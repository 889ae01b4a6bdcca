import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import type { Site } from "../api.ts";
import type { Link } from "../live.ts";
import { clockTime, longDay } from "../siteTime.ts";

const links = {
  connecting: "Connecting",
  live: "Live",
  polling: "Every 5 s",
  lost: "Not connected",
  old: "Old data",
} as const;

export function Header({ site, link }: { site: Site; link: Link }) {
  const now = Date.parse(site.now);
  return (
    <header className="head">
      <img src="./icon.svg" alt="" width={44} height={44} />
      <div className="head-name">
        <h1>{site.name}</h1>
        <output className="head-link" data-kind={link.kind}>
          {links[link.kind]}
        </output>
      </div>
      <p className="head-time">
        <time dateTime={site.now}>
          <span className="head-clock">{clockTime(now, site.timezone)}</span>
          <span className="head-day">{longDay(now, site.timezone)}</span>
        </time>
      </p>
      <SchemeSwitch />
    </header>
  );
}

const schemes = {
  auto: { next: "light", words: "as the system", Icon: IconDeviceDesktop },
  light: { next: "dark", words: "light", Icon: IconSun },
  dark: { next: "auto", words: "dark", Icon: IconMoon },
} as const;

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { next, words, Icon } = schemes[colorScheme];
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={44}
      radius="xl"
      aria-label={`Colours: ${words}. Change to ${schemes[next].words}`}
      onClick={() => {
        setColorScheme(next);
        tintBrowser();
      }}
    >
      <Icon size={22} />
    </ActionIcon>
  );
}

/** Gives the browser's own frame the page's colour. */
function tintBrowser() {
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    meta.content = getComputedStyle(document.body).backgroundColor;
  }
}
