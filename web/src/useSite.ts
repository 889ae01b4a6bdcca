import { useQueryClient } from "@tanstack/react-query";
import { fetchSite, type Site } from "./api.ts";
import { type Followed, useFollowed } from "./useFollowed.ts";

export const siteKey = ["site"] as const;

/** Shows a site that a command answered with, at once. */
export function useShowSite(): (site: Site) => void {
  const client = useQueryClient();
  return (site) => void client.setQueryData(siteKey, site);
}

/** The site as it is now: by live updates, by polling while there are none. */
export const useSite = (): Followed<Site> =>
  useFollowed({
    queryKey: siteKey,
    event: "site",
    ask: fetchSite,
    beatOf: ({ tick }) => tick,
    missed: ["history"],
  });
