import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { Problem } from "../../shell/Problem.tsx";
import { api } from "../api.ts";
import type { Role } from "../roleWords.ts";
import { RolesInput } from "./RolesInput.tsx";
import { usePeopleChange } from "./usePeople.ts";

const leastLength = 10;

/** Opens an account for somebody, with a password. */
export function NewPerson() {
  const [id, setId] = useState("");
  const [password, setPassword] = useState("");
  const [roles, setRoles] = useState<Role[]>(["consumer"]);
  const open = usePeopleChange((body: { id: string; password: string; roles: Role[] }) =>
    answered(api.POST("/api/v1/people", { body })),
  );
  const isReady = id !== "" && password.length >= leastLength;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const onSuccess = () => {
      setId("");
      setPassword("");
    };
    open.mutate({ id, password, roles }, { onSuccess });
  };
  return (
    <details className="admin-more">
      <summary>Open an account for somebody</summary>
      <form className="account-form" onSubmit={submit}>
        <TextInput
          label="Name"
          description="Lower-case letters, digits and hyphens"
          autoComplete="off"
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description={`At least ${leastLength} characters, for them to change`}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <RolesInput label="They are" value={roles} onChange={setRoles} />
        <Button type="submit" variant="default" disabled={!isReady} loading={open.isPending}>
          Open the account
        </Button>
        <Problem error={open.error} onDismiss={open.reset} />
      </form>
    </details>
  );
}
