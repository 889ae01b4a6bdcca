import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useEffect } from "react";
import { baseUrl, type Site } from "../api.ts";
import type { Link } from "../live.ts";
import { LogOut } from "../login/LogOut.tsx";
import { clockTime, longDay, shortDate } from "../siteTime.ts";

const links = {
  connecting: "Connecting",
  live: "Live",
  polling: "Every 5 s",
  lost: "Not connected",
  old: "Old data",
} as const;

interface HeaderProps {
  readonly title: string;
  readonly site: Site;
  readonly link: Link;
}

export function Header({ title, site, link }: HeaderProps) {
  const now = Date.parse(site.now);
  useEffect(() => {
    document.title = `${title} · Hearthwork`;
  }, [title]);
  return (
    <header className="head">
      <img className="head-icon" src={`${baseUrl}/icon.svg`} alt="" width={44} height={44} />
      <div className="head-name">
        <h1 tabIndex={-1}>{title}</h1>
        <p className="head-link" data-kind={link.kind}>
          {title !== site.name && <span className="wide-only">{site.name} · </span>}
          <output>{links[link.kind]}</output>
        </p>
      </div>
      <p className="head-time">
        <time dateTime={site.now}>
          <span className="head-clock">{clockTime(now, site.timezone)}</span>
          <span className="head-day wide-only">{longDay(now, site.timezone)}</span>
          <span className="head-day narrow-only" aria-hidden="true">
            {shortDate(now, site.timezone)}
          </span>
        </time>
      </p>
      <SchemeSwitch />
      <LogOut />
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
