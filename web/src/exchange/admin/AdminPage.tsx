import { Link } from "@tanstack/react-router";
import { addresses } from "../addresses.ts";
import { Page } from "../shell/Page.tsx";
import { useMe } from "../useMe.ts";
import { InvitationsCard } from "./InvitationsCard.tsx";
import { MachinesCard } from "./MachinesCard.tsx";
import { PeopleCard } from "./PeopleCard.tsx";
import "../account/account.css";
import "./admin.css";

/** What operators see to: people, their ways in, and which machines are answered for. */
export function AdminPage() {
  const me = useMe();
  const mayChange = me?.rights.includes("people:write") ?? false;
  return (
    <Page title="Admin">
      {me?.rights.includes("audit:read") && (
        <p>
          <Link className="link" to={addresses.audit}>
            Audit log: who did what
          </Link>
        </p>
      )}
      {me?.rights.includes("people:read") && (
        <>
          <PeopleCard self={me.account?.id} mayChange={mayChange} />
          <InvitationsCard mayChange={mayChange} />
        </>
      )}
      {me?.rights.includes("providers:vouch") && <MachinesCard />}
    </Page>
  );
}
