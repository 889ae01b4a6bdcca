import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answered } from "../../asking.ts";
import { tellLoginNeed } from "../../login/loginNeed.ts";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { api, type Account } from "../api.ts";
import { browserWords } from "./browserWords.ts";
import { ago } from "./timeWords.ts";
import { useAccountChange } from "./useAccount.ts";

/** Where one is signed in. */
export function SessionsCard({ account }: { readonly account: Account }) {
  const end = useAccountChange((id: string) =>
    answered(api.DELETE("/api/v1/account/sessions/{id}", { params: { path: { id } } })),
  );
  const endAll = useMutation({
    mutationFn: () => answered(api.DELETE("/api/v1/account/sessions")),
    onSuccess: () => tellLoginNeed(true),
  });
  return (
    <Card
      title="Signed in"
      aside={
        <Button
          size="compact-sm"
          variant="default"
          loading={endAll.isPending}
          onClick={() => endAll.mutate()}
        >
          Sign out everywhere
        </Button>
      }
    >
      <ul className="account-list">
        {account.sessions.map(({ id, isThis, createdAt, usedAt, address, agent }) => (
          <li key={id}>
            <span>
              <strong>{browserWords(agent)}</strong>{" "}
              <small>
                {isThis ? "this browser" : `used ${ago(usedAt)}`}, from {address} since {ago(createdAt)}
              </small>
            </span>
            {!isThis && (
              <Button
                size="compact-sm"
                variant="default"
                loading={end.isPending && end.variables === id}
                onClick={() => end.mutate(id)}
                aria-label={`Sign out ${browserWords(agent)} from ${address}`}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem error={end.error ?? endAll.error} onDismiss={end.error ? end.reset : endAll.reset} />
    </Card>
  );
}
