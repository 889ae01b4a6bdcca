import { createContext, useContext } from "react";
import type { Site } from "../api.ts";

export const SiteContext = createContext<Site | undefined>(undefined);

/** The site as it is now; pages are shown only once it is known. */
export function useShownSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error("a page is shown before its site is known");
  return site;
}
