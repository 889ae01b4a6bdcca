import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { api, type Account } from "../api.ts";
import { useAccountChange } from "./useAccount.ts";

const leastLength = 10;
const toggle = { "aria-label": "Show the password" };

/** Sets one's password, changes it, or does without. */
export function PasswordCard({ account }: { readonly account: Account }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const change = useAccountChange(() => {
    const body = { password, ...(account.hasPassword ? { current } : {}) };
    return answered(api.PUT("/api/v1/account/password", { body }));
  });
  const remove = useAccountChange(async () => {
    const done = await answered(api.DELETE("/api/v1/account/password", { body: { current } }));
    setCurrent("");
    return done;
  });
  const isShort = password.length < leastLength;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isShort) return;
    change.mutate(undefined, {
      onSuccess() {
        setCurrent("");
        setPassword("");
      },
    });
  };
  return (
    <Card title="Password" aside={!account.hasPassword && <p className="chip">None</p>}>
      <form className="account-form" onSubmit={submit}>
        <input type="text" name="username" autoComplete="username" value={account.id} readOnly hidden />
        {account.hasPassword && (
          <PasswordInput
            label="Password now"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={toggle}
          />
        )}
        <PasswordInput
          label={account.hasPassword ? "New password" : "Password"}
          description={`At least ${leastLength} characters`}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
        <div className="account-buttons">
          <Button type="submit" disabled={isShort} loading={change.isPending}>
            {account.hasPassword ? "Change the password" : "Set the password"}
          </Button>
          {account.hasPassword && account.passkeys.length > 0 && (
            <AskFirst
              label="Do without"
              question="Only your passkeys let you in then. Your password now, above, has to be right."
              yes="Remove the password"
              no="Keep it"
              act={() => remove.mutateAsync()}
            />
          )}
        </div>
        {change.isSuccess && (
          <output className="account-note">It is set; your other sessions have ended.</output>
        )}
        <Problem error={change.error} onDismiss={change.reset} />
      </form>
    </Card>
  );
}
