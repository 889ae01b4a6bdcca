import { useQuery } from "@tanstack/react-query";
import { fetchSession, sessionKey } from "../login/session.ts";
import { Card } from "../shell/Card.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import { Tokens } from "./Tokens.tsx";

/** Who may use this hearth: the owner by a password, programs by tokens. */
export function AccessCard() {
  const { data: session, error } = useQuery({ queryKey: sessionKey, queryFn: fetchSession });
  return (
    <Card
      title="Access"
      aside={
        session && (
          <p className="chip" data-tone={session.passwordSet ? "calm" : "warn"}>
            {session.passwordSet ? "A password is set" : "No password"}
          </p>
        )
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {session && (
        <>
          {!session.passwordSet && (
            <p className="settings-note">
              Whoever is on this machine may do everything, and nobody from elsewhere may do anything. With a
              password the hearth can also be reached from other devices, once it is told to listen to them.
            </p>
          )}
          <PasswordForm session={session} />
          {session.passwordSet && <Tokens />}
        </>
      )}
    </Card>
  );
}
