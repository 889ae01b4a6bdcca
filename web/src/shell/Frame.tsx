import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import type { Link } from "../live.ts";
import { LinkContext } from "./linkContext.ts";
import { Navigation, type Place } from "./Navigation.tsx";
import "./shell.css";
import "./navigation.css";

interface FrameProps {
  readonly link: Link;
  readonly places: readonly Place[];
  readonly children: ReactNode;
}

/** What stands around every page of either server: the ways to the others, and how it is connected. */
export function Frame({ link, places, children }: FrameProps) {
  useHeadingFocus();
  return (
    <LinkContext value={link}>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <div className="shell" data-link={link.kind}>
        <Navigation places={places} />
        <div className="shell-main">{children}</div>
      </div>
    </LinkContext>
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
