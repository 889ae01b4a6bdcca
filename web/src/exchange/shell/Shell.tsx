import { Outlet } from "@tanstack/react-router";
import { Frame } from "../../shell/Frame.tsx";
import { NoAnswer } from "../../shell/NoAnswer.tsx";
import { useMe } from "../useMe.ts";
import { useNetwork } from "../useNetwork.ts";
import { NetworkContext } from "./networkContext.ts";
import { placesFor } from "./exchangePlaces.ts";
import "../exchange.css";

/** What stands around every page: the network and the connection to it, and the ways to the other pages. */
export function Shell() {
  const { value: network, error, link, retry } = useNetwork();
  const me = useMe();
  if (!network) return <NoAnswer error={error} onRetry={retry} />;
  return (
    <NetworkContext value={network}>
      <Frame link={link} places={placesFor(me)}>
        <Outlet />
      </Frame>
    </NetworkContext>
  );
}
