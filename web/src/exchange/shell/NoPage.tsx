import { Nowhere } from "../../shell/Nowhere.tsx";
import { Page } from "./Page.tsx";

export function NoPage() {
  return (
    <Page title="No such page">
      <Nowhere home="Go to the network" />
    </Page>
  );
}
