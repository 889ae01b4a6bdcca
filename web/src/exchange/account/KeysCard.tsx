import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { api, type Account } from "../api.ts";
import { scopeWords } from "./scopeWords.ts";
import { ago, isOver } from "./timeWords.ts";
import { useAccountChange, useAccountRefresh } from "./useAccount.ts";

type Key = Account["keys"][number];
type Scope = Key["scopes"][number];

const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
  { value: "", label: "until it is revoked" },
] as const;

/** Ways in for programs: what each may do, and new ones, which are shown once. */
export function KeysCard({ account }: { readonly account: Account }) {
  return (
    <Card title="Keys for programs">
      <p className="account-note">
        A program sends a key with each request, as <code>Authorization: Bearer KEY</code>.
      </p>
      <ul className="account-list">
        {account.keys.map((key) => (
          <KeyLine key={key.name} {...key} />
        ))}
      </ul>
      {account.scopes.length > 0 && <NewKey scopes={account.scopes} />}
    </Card>
  );
}

function KeyLine({ name, scopes, createdAt, expiresAt, usedAt }: Key) {
  const revoke = useAccountChange(() =>
    answered(api.DELETE("/api/v1/account/keys/{name}", { params: { path: { name } } })),
  );
  return (
    <li>
      <span>
        <strong>{name}</strong>{" "}
        <small>
          {usedAt === null ? `made ${ago(createdAt)}, not used yet` : `used ${ago(usedAt)}`}
          {expiresAt !== null && `, ${isOver(expiresAt) ? "expired" : "expires"} ${ago(expiresAt)}`}
        </small>
        <small className="account-scopes">{scopes.join(" · ")}</small>
      </span>
      <AskFirst
        label="Revoke"
        question={`What uses ${name} is let in no more.`}
        yes="Revoke it"
        no="Keep it"
        act={() => revoke.mutateAsync()}
      />
    </li>
  );
}

function NewKey({ scopes }: { readonly scopes: readonly Scope[] }) {
  const [name, setName] = useState("");
  const [chosen, choose] = useState<readonly Scope[]>([]);
  const [days, setDays] = useState<string>("90");
  const refresh = useAccountRefresh();
  const make = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/v1/account/keys", {
          body: { name, scopes: [...chosen], days: days === "" ? null : Number(days) },
        }),
      ),
    onSuccess() {
      setName("");
      refresh();
    },
  });
  const isReady = name !== "" && chosen.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) make.mutate();
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <TextInput
        label="Name of a new key"
        placeholder="nightly-report"
        maxLength={48}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label="It counts"
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
        data={lifetimes.map(({ value, label }) => ({ value, label }))}
      />
      <Checkbox.Group
        className="account-wide"
        label="It may"
        value={[...chosen]}
        onChange={(values) => choose(scopes.filter((scope) => values.includes(scope)))}
      >
        <div className="account-checks">
          {scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={scopeWords[scope]} description={scope} />
          ))}
        </div>
      </Checkbox.Group>
      <Button type="submit" variant="default" disabled={!isReady} loading={make.isPending}>
        Make a key
      </Button>
      {make.data && (
        <output className="account-shown">
          This is shown once; keep it where the program finds it: <code>{make.data.key}</code>
        </output>
      )}
      <Problem error={make.error} onDismiss={make.reset} />
    </form>
  );
}
