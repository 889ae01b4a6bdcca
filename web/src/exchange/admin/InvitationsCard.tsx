import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, baseUrl } from "../../asking.ts";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { ago, isOver } from "../account/timeWords.ts";
import { api, type Invitation } from "../api.ts";
import { type Role, roleWords } from "../roleWords.ts";
import { RolesInput } from "./RolesInput.tsx";
import { usePeople, usePeopleChange } from "./usePeople.ts";

const invitationsKey = ["invitations"] as const;

/** How people come to accounts: by invitation, or all who want one. */
export function InvitationsCard({ mayChange }: { readonly mayChange: boolean }) {
  const { data, error } = useQuery({
    queryKey: invitationsKey,
    queryFn: () => answered(api.GET("/api/v1/invitations")),
  });
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: number) =>
      answered(api.DELETE("/api/v1/invitations/{id}", { params: { path: { id } } })),
    onSuccess: (list) => client.setQueryData(invitationsKey, list),
  });
  return (
    <Card title="Invitations">
      {error && <p role="alert">{error.message}</p>}
      {mayChange && (
        <>
          <SignUpSwitch />
          <Invite onMade={() => void client.invalidateQueries({ queryKey: invitationsKey })} />
        </>
      )}
      <ul className="account-list">
        {data?.invitations.map((invitation) => (
          <li key={invitation.id}>
            <span>
              {invitation.roles.map((role) => roleWords[role]).join(", ")} <small>{fateOf(invitation)}</small>
            </span>
            {mayChange && isOpen(invitation) && (
              <Button
                size="compact-sm"
                variant="default"
                loading={revoke.isPending && revoke.variables === invitation.id}
                onClick={() => revoke.mutate(invitation.id)}
                aria-label={`Take back the invitation of ${ago(invitation.createdAt)}`}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem error={revoke.error} onDismiss={revoke.reset} />
    </Card>
  );
}

const isOpen = ({ usedBy, expiresAt }: Invitation): boolean => usedBy === null && !isOver(expiresAt);

function fateOf(invitation: Invitation): string {
  const { usedBy, expiresAt, madeBy } = invitation;
  if (usedBy !== null) return `used by ${usedBy}, from ${madeBy}`;
  return `from ${madeBy}, ${isOpen(invitation) ? "until" : "expired"} ${ago(expiresAt)}`;
}

function SignUpSwitch() {
  const { data } = usePeople();
  const change = usePeopleChange((isOpenNow: boolean) =>
    answered(api.PUT("/api/v1/people/sign-up", { body: { isOpen: isOpenNow } })),
  );
  return (
    <>
      <Checkbox
        label="Whoever comes may open an account, as consumer and provider"
        checked={data?.isSignUpOpen ?? false}
        disabled={!data || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <Problem error={change.error} onDismiss={change.reset} />
    </>
  );
}

function Invite({ onMade }: { readonly onMade: () => void }) {
  const [roles, setRoles] = useState<Role[]>(["consumer"]);
  const make = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/invitations", { body: { roles, days: 7 } })),
    onSuccess: onMade,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (roles.length > 0) make.mutate();
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <RolesInput label="Invite a" value={roles} onChange={setRoles} />
      <Button type="submit" variant="default" disabled={roles.length === 0} loading={make.isPending}>
        Make an invitation
      </Button>
      {make.data && (
        <output className="account-shown">
          Send this link; it opens one account within 7 days, and is shown once:{" "}
          <code>
            {baseUrl}
            {make.data.path}
          </code>
        </output>
      )}
      <Problem error={make.error} onDismiss={make.reset} />
    </form>
  );
}
