import { Link } from "@tanstack/react-router";
import { Card } from "../../shell/Card.tsx";
import { addresses } from "../addresses.ts";
import { roleWords } from "../roleWords.ts";
import { Page } from "../shell/Page.tsx";
import { useMe } from "../useMe.ts";
import { JoinCard } from "./JoinCard.tsx";
import { KeysCard } from "./KeysCard.tsx";
import { PasskeysCard } from "./PasskeysCard.tsx";
import { PasswordCard } from "./PasswordCard.tsx";
import { SessionsCard } from "./SessionsCard.tsx";
import { useAccount } from "./useAccount.ts";
import "./account.css";

/** What lets one in: password, passkeys, keys for programs, and the sessions that are open. */
export function AccountPage() {
  const me = useMe();
  const { data: account, error } = useAccount((me?.account ?? null) !== null);
  return (
    <Page title="Account">
      {error && <p role="alert">{error.message}</p>}
      {me && !me.account && <OwnerCard />}
      {me && account && (
        <>
          <Card
            title={account.id}
            aside={
              <p className="chip">{account.roles.map((role) => roleWords[role]).join(", ") || "No role"}</p>
            }
          >
            <p className="account-note">
              {account.roles.length === 0
                ? "An operator of this exchange says what this account may do."
                : "What this account may do follows from what it is; operators of the exchange change that."}
            </p>
          </Card>
          <div className="columns">
            <PasskeysCard account={account} origin={me.passkeyOrigin} />
            <PasswordCard account={account} />
          </div>
          <KeysCard account={account} />
          {account.roles.includes("provider") && <JoinCard owner={account.id} />}
          <SessionsCard account={account} />
        </>
      )}
    </Page>
  );
}

function OwnerCard() {
  return (
    <Card title="You are here as the exchange’s owner">
      <p className="account-note">
        The owner needs no account and may do everything. For daily work, and so that the audit log says who
        did what, open an account for each operator in{" "}
        <Link className="link" to={addresses.admin}>
          Admin
        </Link>
        , and{" "}
        <Link className="link" to={addresses.signIn}>
          sign in with it
        </Link>
        .
      </p>
    </Card>
  );
}
