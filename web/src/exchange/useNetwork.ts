import { type Followed, useFollowed } from "../useFollowed.ts";
import { fetchNetwork, type Network } from "./api.ts";

const networkKey = ["network"] as const;

/** The network as it is now: by live updates, by polling while there are none. */
export const useNetwork = (): Followed<Network> =>
  useFollowed({
    queryKey: networkKey,
    event: "network",
    ask: fetchNetwork,
    beatOf: ({ at }) => at,
    missed: ["presences"],
  });
