import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Card } from "../../shell/Card.tsx";
import { addresses } from "../addresses.ts";
import { Page } from "../shell/Page.tsx";
import { useMe } from "../useMe.ts";
import { SignIn } from "./SignIn.tsx";
import "./entrance.css";

/** For whoever is here as the owner and wants to be here as somebody. */
export function SignInPage() {
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const onIn = () => {
    client.clear();
    void navigate({ to: addresses.account });
  };
  return (
    <Page title="Sign in">
      <Card title="With an account">
        <div className="entrance-card">
          <SignIn passkeyOrigin={me?.passkeyOrigin ?? null} onIn={onIn} />
        </div>
      </Card>
    </Page>
  );
}
