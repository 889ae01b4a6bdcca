import { Button, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answered, api } from "../api.ts";
import { idOf } from "../fields/idOf.ts";
import { Problem } from "../shell/Problem.tsx";

interface LoginInputProps {
  /** The name under which the login is kept. */
  readonly value: string | undefined;
  /** What a new one is named after. */
  readonly suggestion: string;
  readonly onChange: (value: string | undefined) => void;
}

const loginsKey = ["credentials"] as const;
const another = "+";

/** The login at a device: one that the hearth keeps already, or a new one. */
export function LoginInput({ value, suggestion, onChange }: LoginInputProps) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: loginsKey,
    queryFn: () => answered(api.GET("/api/v1/credentials")),
  });
  const [isNew, setNew] = useState(false);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const names = data?.credentials.map(({ name }) => name) ?? [];
  const name = freeName(idOf(suggestion, "device"), names);
  const keep = useMutation({
    mutationFn: () =>
      answered(
        api.PUT("/api/v1/credentials/{name}", {
          params: { path: { name } },
          body: { password, ...(username !== "" && { username }) },
        }),
      ),
    onSuccess: (list) => {
      client.setQueryData(loginsKey, list);
      setNew(false);
      setPassword("");
      onChange(name);
    },
  });
  const offered = value === undefined || names.includes(value) ? names : [...names, value];
  return (
    <div className="login-input">
      <NativeSelect
        label="Login"
        description="Passwords are kept apart from hearth.yaml, and shown to nobody"
        value={isNew ? another : (value ?? "")}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setNew(chosen === another);
          if (chosen !== another) onChange(chosen === "" ? undefined : chosen);
        }}
        data={[
          { value: "", label: "none" },
          ...offered.map((one) => ({ value: one, label: one })),
          { value: another, label: "A new login…" },
        ]}
      />
      {isNew && (
        <>
          <TextInput
            label="User name"
            description="May be left empty where the device has no users"
            autoComplete="off"
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "Show password" }}
          />
          <Button variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
            Keep it as “{name}”
          </Button>
        </>
      )}
      <Problem error={keep.error} onDismiss={keep.reset} />
    </div>
  );
}

function freeName(base: string, taken: readonly string[]): string {
  let name = base;
  for (let count = 2; taken.includes(name); count++) name = `${base.slice(0, 44)}-${count}`;
  return name;
}
