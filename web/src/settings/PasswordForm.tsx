import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sessionKey, setPassword as setOwnersPassword, type Session } from "../login/session.ts";
import { Problem } from "../shell/Problem.tsx";

const leastLength = 10;

/** Sets the owner's password, or changes it. */
export function PasswordForm({ session }: { session: Session }) {
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const isShort = password.length < leastLength;
  const needsCurrent = session.grant?.by === "session";
  const change = useMutation({
    mutationFn: () => setOwnersPassword({ password, ...(needsCurrent ? { current } : {}) }),
    onSuccess: (next) => {
      setCurrent("");
      setPassword("");
      client.setQueryData(sessionKey, next);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isShort) change.mutate();
  };
  const toggle = { "aria-label": "Show the password" };

  return (
    <form className="password" onSubmit={submit}>
      <input type="text" name="username" autoComplete="username" value="owner" readOnly hidden />
      {needsCurrent && (
        <PasswordInput
          label="Password now"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle}
        />
      )}
      <PasswordInput
        label={session.passwordSet ? "New password" : "Password"}
        description={`At least ${leastLength} characters`}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={toggle}
      />
      <Button type="submit" disabled={isShort} loading={change.isPending}>
        {session.passwordSet ? "Change the password" : "Set the password"}
      </Button>
      {change.isSuccess && (
        <output className="settings-note">It is set; every other session has ended.</output>
      )}
      <Problem error={change.error} onDismiss={change.reset} />
    </form>
  );
}
