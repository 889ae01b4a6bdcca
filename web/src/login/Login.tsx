import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { baseUrl, serverName } from "../asking.ts";
import { checkLogin, logIn } from "./session.ts";
import "./login.css";

/** Asks for the owner's password; below it may be other ways in. */
export function Login({ children }: { readonly children?: ReactNode }) {
  const [password, setPassword] = useState("");
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: logIn });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    document.title = "Log in · Hearthwork";
    checkLogin().catch(() => {});
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== "") mutate(password, { onError: () => setPassword("") });
  };
  return (
    <main className="login">
      <img src={`${baseUrl}/icon.svg`} alt="" width={96} height={96} />
      <h1>Hearthwork</h1>
      <form onSubmit={submit}>
        {/* Keepers of passwords want a name to keep one under. */}
        <input type="text" name="username" autoComplete="username" value="owner" readOnly hidden />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          size="md"
          ref={field}
          value={password}
          error={error?.message}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
            if (error) reset();
          }}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <Button type="submit" size="md" fullWidth loading={isPending}>
          Log in
        </Button>
      </form>
      <details>
        <summary>Forgotten?</summary>
        <p>
          Set another on the {serverName()}’s own machine: <code>hearthwork password set</code>
        </p>
      </details>
      {children}
    </main>
  );
}
