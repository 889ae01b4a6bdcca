import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answered } from "../../asking.ts";
import { money } from "../../format.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { ago } from "../account/timeWords.ts";
import { addresses } from "../addresses.ts";
import { api, type Machine } from "../api.ts";
import { machinesKey } from "./useMachines.ts";

interface MachineLineProps {
  readonly machine: Machine;
  /** Whether whoever looks may answer for it. */
  readonly mayVouch: boolean;
}

/** A machine that joined: whose it is, how far it is believed, what it earned. */
export function MachineLine({ machine, mayVouch }: MachineLineProps) {
  const { id, name, owner, isRevoked, isVouched, streak, wrong, joinedAt, earned, held } = machine;
  const client = useQueryClient();
  const shown = { onSuccess: (list: unknown) => client.setQueryData(machinesKey, list) };
  const params = { path: { id } };
  const vouch = useMutation({
    mutationFn: () =>
      answered(api.PUT("/api/v1/providers/{id}/vouched", { params, body: { isVouched: !isVouched } })),
    ...shown,
  });
  const revoke = useMutation({
    mutationFn: () => answered(api.DELETE("/api/v1/providers/{id}", { params })),
    ...shown,
  });
  const belief = isVouched ? "answered for" : `${streak} right in a row, ${wrong} wrong`;
  return (
    <li data-closed={isRevoked || undefined}>
      <span>
        <Link className="job-name" to={addresses.provider(id)}>
          <strong>{name}</strong>
        </Link>{" "}
        <small>
          {owner === null ? "nobody’s" : `${owner}’s`}, since {ago(joinedAt)},{" "}
          {isRevoked ? "revoked" : belief}
        </small>
        <small className="account-scopes">
          earned {money(earned)}, {money(held)} held back
        </small>
        <small className="account-scopes">{id}</small>
      </span>
      {!isRevoked && (
        <span className="account-buttons">
          {mayVouch && (
            <Button
              size="compact-sm"
              variant="default"
              loading={vouch.isPending}
              onClick={() => vouch.mutate()}
              aria-label={isVouched ? `Answer for ${name} no more` : `Answer for ${name}`}
            >
              {isVouched ? "Answer for it no more" : "Answer for it"}
            </Button>
          )}
          <AskFirst
            label="Revoke"
            question={`The key of ${name} is let in no more. What it computes now is done elsewhere.`}
            yes="Revoke it"
            no="Keep it"
            act={() => revoke.mutateAsync()}
          />
        </span>
      )}
      <Problem error={vouch.error} onDismiss={vouch.reset} />
    </li>
  );
}
