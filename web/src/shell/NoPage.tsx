import { Nowhere } from "./Nowhere.tsx";
import { Page } from "./Page.tsx";

export function NoPage() {
  return (
    <Page title="No such page">
      <Nowhere home="Go home" />
    </Page>
  );
}
