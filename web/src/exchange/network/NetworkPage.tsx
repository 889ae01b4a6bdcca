import { useShownNetwork } from "../shell/networkContext.ts";
import { Page } from "../shell/Page.tsx";
import { Kinds } from "./Kinds.tsx";
import { NetworkNow } from "./NetworkNow.tsx";
import { Presences } from "./Presences.tsx";
import { Regions } from "./Regions.tsx";

/** Who computes now, how much of it heats, and who offers what. */
export function NetworkPage() {
  const network = useShownNetwork();
  return (
    <Page title="Network">
      <NetworkNow network={network} />
      <div className="columns network-columns">
        <Regions network={network} />
        <Kinds network={network} />
      </div>
      <Presences />
    </Page>
  );
}
