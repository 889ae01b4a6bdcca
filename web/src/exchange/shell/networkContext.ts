import { createContext, useContext } from "react";
import type { Network } from "../api.ts";

export const NetworkContext = createContext<Network | undefined>(undefined);

/** The network as it is now; pages are shown only once it is known. */
export function useShownNetwork(): Network {
  const network = useContext(NetworkContext);
  if (!network) throw new Error("a page is shown before its network is known");
  return network;
}
