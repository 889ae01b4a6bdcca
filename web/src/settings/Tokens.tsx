import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, api } from "../api.ts";
import { Problem } from "../shell/Problem.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { moment } from "../siteTime.ts";

const tokensKey = ["tokens"] as const;
const scopes = [
  { value: "read", label: "look at everything" },
  { value: "control", label: "look, and do what Home does" },
] as const;
type Scope = (typeof scopes)[number]["value"];

/** The ways in for programs: their names, what they may do, and new ones, which are shown once. */
export function Tokens() {
  const { data, error } = useQuery({
    queryKey: tokensKey,
    queryFn: () => answered(api.GET("/api/v1/tokens")),
  });
  const client = useQueryClient();
  const site = useShownSite();
  const revoke = useMutation({
    mutationFn: (name: string) =>
      answered(api.DELETE("/api/v1/tokens/{name}", { params: { path: { name } } })),
    onSuccess: (list) => client.setQueryData(tokensKey, list),
  });
  return (
    <section className="tokens" aria-labelledby="tokens">
      <h3 id="tokens">Tokens for programs</h3>
      {error && <p role="alert">{error.message}</p>}
      <ul>
        {data?.tokens.map(({ name, scope, createdAt }) => (
          <li key={name}>
            <span>
              <strong>{name}</strong> may {scopes.find(({ value }) => value === scope)?.label}, since{" "}
              {moment(Date.parse(createdAt), Date.parse(site.now), site.timezone)}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              loading={revoke.isPending && revoke.variables === name}
              onClick={() => revoke.mutate(name)}
              aria-label={`Revoke ${name}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <NewToken onMade={() => void client.invalidateQueries({ queryKey: tokensKey })} />
      <Problem error={revoke.error} onDismiss={revoke.reset} />
    </section>
  );
}

function NewToken({ onMade }: { onMade: () => void }) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const make = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/tokens", { body: { name, scope } })),
    onSuccess: onMade,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== "") make.mutate();
  };
  return (
    <form className="token-new" onSubmit={submit}>
      <TextInput
        label="Name"
        placeholder="home-assistant"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label="It may"
        value={scope}
        onChange={(event) =>
          setScope(scopes.find(({ value }) => value === event.currentTarget.value)?.value ?? "read")
        }
        data={scopes.map(({ value, label }) => ({ value, label }))}
      />
      <Button type="submit" variant="default" disabled={name === ""} loading={make.isPending}>
        Make a token
      </Button>
      {make.data && (
        <output className="token-shown">
          This is shown once; keep it where the program finds it: <code>{make.data.token}</code>
        </output>
      )}
      <Problem error={make.error} onDismiss={make.reset} />
    </form>
  );
}
