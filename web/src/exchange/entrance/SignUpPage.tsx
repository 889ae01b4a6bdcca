import { Card } from "../../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { SignUp } from "./SignUp.tsx";
import "./entrance.css";

/** Where an invitation leads whoever is let in already. */
export function SignUpPage() {
  return (
    <Page title="Open an account">
      <Card title="By invitation">
        <div className="entrance-card">
          <SignUp />
        </div>
      </Card>
    </Page>
  );
}
