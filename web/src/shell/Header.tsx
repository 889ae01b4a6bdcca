import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { baseUrl } from "../asking.ts";
import type { Link } from "../live.ts";
import { LogOut } from "../login/LogOut.tsx";

const links = {
  connecting: "Connecting",
  live: "Live",
  polling: "Every 5 s",
  lost: "Not connected",
  old: "Old data",
} as const;

interface HeaderProps {
  readonly title: string;
  /** Whose page it is, where the title does not say so. */
  readonly place?: string | undefined;
  readonly link: Link;
  /** At the end of the line. */
  readonly children?: ReactNode;
}

export function Header({ title, place, link, children }: HeaderProps) {
  useEffect(() => {
    document.title = `${title} · Hearthwork`;
  }, [title]);
  return (
    <header className="head">
      <img className="head-icon" src={`${baseUrl}/icon.svg`} alt="" width={44} height={44} />
      <div className="head-name">
        <h1 tabIndex={-1}>{title}</h1>
        <p className="head-link" data-kind={link.kind}>
          {place !== undefined && <span className="wide-only">{place} · </span>}
          <output>{links[link.kind]}</output>
        </p>
      </div>
      {children}
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
