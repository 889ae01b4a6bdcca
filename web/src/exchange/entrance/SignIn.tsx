import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { tellLoginNeed } from "../../login/loginNeed.ts";
import { api } from "../api.ts";
import { hasPasskeys, signInByPasskey } from "./passkey.ts";

interface SignInProps {
  /** Where passkeys work. */
  readonly passkeyOrigin: string | null;
  /** What comes after it, unless that is the page that was asked for. */
  readonly onIn?: () => void;
}

/** Lets somebody in by the account's password, or by a passkey. */
export function SignIn({ passkeyOrigin, onIn }: SignInProps) {
  const [id, setId] = useState("");
  const [password, setPassword] = useState("");
  const onSuccess = () => {
    tellLoginNeed(false);
    onIn?.();
  };
  const byPassword = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/me/session", { body: { id: id.trim(), password } })),
    onSuccess,
    onError: () => setPassword(""),
  });
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    byPasskey.reset();
    if (id !== "" && password !== "") byPassword.mutate();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Account"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        size="md"
        data-autofocus
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        size="md"
        value={password}
        error={byPassword.error?.message}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          if (byPassword.error) byPassword.reset();
        }}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <Button type="submit" size="md" fullWidth loading={byPassword.isPending}>
        Sign in
      </Button>
      {hasPasskeys(passkeyOrigin) && (
        <>
          <p className="entrance-or">or</p>
          <Button
            variant="default"
            size="md"
            fullWidth
            leftSection={<IconFingerprint size={20} aria-hidden="true" />}
            loading={byPasskey.isPending}
            onClick={() => byPasskey.mutate()}
          >
            Sign in with a passkey
          </Button>
          {byPasskey.error && <p role="alert">{byPasskey.error.message}</p>}
        </>
      )}
      {passkeyOrigin !== null && passkeyOrigin !== location.origin && (
        <p className="entrance-note">
          Passkeys work at{" "}
          <a className="link" href={passkeyOrigin}>
            {passkeyOrigin}
          </a>
        </p>
      )}
    </form>
  );
}
