import { Button } from "@mantine/core";
import { answered } from "../../asking.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { ago } from "../account/timeWords.ts";
import { api, type People } from "../api.ts";
import type { Role } from "../roleWords.ts";
import { NewPerson } from "./NewPerson.tsx";
import { RolesInput } from "./RolesInput.tsx";
import { usePeople, usePeopleChange } from "./usePeople.ts";

interface PeopleCardProps {
  /** Whose own account may not be changed here. */
  readonly self: string | undefined;
  readonly mayChange: boolean;
}

/** Who has an account, and what they may do. */
export function PeopleCard({ self, mayChange }: PeopleCardProps) {
  const { data, error } = usePeople();
  return (
    <Card title="People">
      {error && <p role="alert">{error.message}</p>}
      {data?.people.length === 0 && <p className="account-note">Nobody has an account yet.</p>}
      <ul className="account-list">
        {data?.people.map((person) => (
          <PersonLine key={person.id} person={person} mayChange={mayChange && person.id !== self} />
        ))}
      </ul>
      {mayChange && <NewPerson />}
    </Card>
  );
}

interface PersonLineProps {
  readonly person: People["people"][number];
  readonly mayChange: boolean;
}

function PersonLine({ person: { id, roles, isClosed, createdAt }, mayChange }: PersonLineProps) {
  const change = usePeopleChange((body: { readonly roles?: Role[]; readonly isClosed?: boolean }) =>
    answered(api.PATCH("/api/v1/people/{id}", { params: { path: { id } }, body })),
  );
  return (
    <li data-closed={isClosed || undefined}>
      <span className="person-name">
        <strong>{id}</strong> <small>{isClosed ? "closed" : `since ${ago(createdAt)}`}</small>
      </span>
      <RolesInput
        label={`What ${id} is`}
        value={roles}
        isShort
        isDisabled={!mayChange || change.isPending}
        onChange={(next) => change.mutate({ roles: next })}
      />
      {mayChange && isClosed && (
        <Button
          size="compact-sm"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ isClosed: false })}
          aria-label={`Open the account ${id} again`}
        >
          Open again
        </Button>
      )}
      {mayChange && !isClosed && (
        <AskFirst
          label="Close"
          question={`${id} is signed out at once, and let in no more; nor are the account’s keys.`}
          yes="Close the account"
          no="Keep it"
          act={() => change.mutateAsync({ isClosed: true })}
        />
      )}
      <Problem error={change.error} onDismiss={change.reset} />
    </li>
  );
}
