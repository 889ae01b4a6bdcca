import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, baseUrl } from "../../asking.ts";
import { api } from "../api.ts";

const leastLength = 10;

/** Opens an account, by the invitation in the page's address where there is one. */
export function SignUp() {
  const [id, setId] = useState("");
  const [password, setPassword] = useState("");
  const [invitation] = useState(() => location.hash.slice(1));
  const open = useMutation({
    mutationFn: () => {
      const body = { id, password, ...(invitation === "" ? {} : { invitation }) };
      return answered(api.POST("/api/v1/me", { body }));
    },
    // The address still names the invitation.
    onSuccess: () => location.replace(`${baseUrl}/account`),
  });
  const isReady = id !== "" && password.length >= leastLength;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) open.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p className="entrance-note">
        {invitation === "" ? "Open an account at this exchange." : "You are invited to open an account."}
      </p>
      <TextInput
        label="Name of the account"
        description="Lower-case letters, digits and hyphens"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        size="md"
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        description={`At least ${leastLength} characters`}
        name="password"
        autoComplete="new-password"
        size="md"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      {open.error && <p role="alert">{open.error.message}</p>}
      <Button type="submit" size="md" fullWidth disabled={!isReady} loading={open.isPending}>
        Open the account
      </Button>
    </form>
  );
}
