import { Button, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { api, type Account } from "../api.ts";
import { addPasskey, hasPasskeys } from "../entrance/passkey.ts";
import { ago } from "./timeWords.ts";
import { useAccountChange } from "./useAccount.ts";

type Passkey = Account["passkeys"][number];

interface PasskeysCardProps {
  readonly account: Account;
  /** Where passkeys work; null: nowhere. */
  readonly origin: string | null;
}

/** The devices that let one in without a password. */
export function PasskeysCard({ account, origin }: PasskeysCardProps) {
  const [name, setName] = useState("");
  const add = useAccountChange(addPasskey);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") add.mutate(name.trim(), { onSuccess: () => setName("") });
  };
  return (
    <Card title="Passkeys">
      <p className="account-note">
        A fingerprint, a face or a PIN on a device lets you in, without a password.
      </p>
      <ul className="account-list">
        {account.passkeys.map((passkey) => (
          <PasskeyLine key={passkey.name} {...passkey} />
        ))}
      </ul>
      {hasPasskeys(origin) ? (
        <form className="account-form" onSubmit={submit}>
          <TextInput
            label="Name of another"
            placeholder="This laptop"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={name.trim() === ""} loading={add.isPending}>
            Add a passkey
          </Button>
          <Problem error={add.error} onDismiss={add.reset} />
        </form>
      ) : (
        <p className="account-note">
          {origin === null
            ? "Passkeys need a host name, and this exchange is reached by an address."
            : "Passkeys are made and used at "}
          {origin !== null && (
            <a className="link" href={`${origin}/account`}>
              {origin}
            </a>
          )}
        </p>
      )}
    </Card>
  );
}

function PasskeyLine({ name, createdAt, usedAt }: Passkey) {
  const remove = useAccountChange(() =>
    answered(api.DELETE("/api/v1/account/passkeys/{name}", { params: { path: { name } } })),
  );
  return (
    <li>
      <span className="account-line">
        <IconFingerprint size={20} aria-hidden="true" />
        <span>
          <strong>{name}</strong>{" "}
          <small>{usedAt === null ? `made ${ago(createdAt)}, not used yet` : `used ${ago(usedAt)}`}</small>
        </span>
      </span>
      <AskFirst
        label="Remove"
        question={`${name} lets you in no more. Remove it on the device, too.`}
        yes="Remove it"
        no="Keep it"
        act={() => remove.mutateAsync()}
      />
    </li>
  );
}
