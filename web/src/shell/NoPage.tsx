import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Page } from "./Page.tsx";

/** Stands where an address leads nowhere. */
export function NoPage() {
  return (
    <Page title="No such page">
      <div className="empty">
        <p>
          There is nothing at this address. It may have been typed wrongly, or what it showed was removed.
        </p>
        <Button renderRoot={(props) => <Link to="/" {...props} />}>Go home</Button>
      </div>
    </Page>
  );
}
