import { Button, NumberInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered } from "../../asking.ts";
import { Card } from "../../shell/Card.tsx";
import { Problem } from "../../shell/Problem.tsx";
import { api } from "../api.ts";
import { MachineLine } from "../machines/MachineLine.tsx";
import { useMachines } from "../machines/useMachines.ts";
import { ago } from "./timeWords.ts";

/** One's own machines, and how others join as such. */
export function JoinCard({ owner }: { readonly owner: string }) {
  const { data, error } = useMachines();
  const [machines, setMachines] = useState<number | string>(1);
  const make = useMutation({
    mutationFn: () =>
      answered(api.POST("/api/v1/providers/join-tokens", { body: { machines: Number(machines), days: 1 } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Card title="Your machines">
      <p className="account-note">
        A machine that joins with an address made here is yours: you see what it earns, and may revoke it.
      </p>
      {error && <p role="alert">{error.message}</p>}
      <ul className="account-list">
        {data?.providers
          .filter((machine) => machine.owner === owner)
          .map((machine) => (
            <MachineLine key={machine.id} machine={machine} mayVouch={false} />
          ))}
      </ul>
      <form className="account-form" onSubmit={submit}>
        <NumberInput label="Machines" min={1} max={1000} value={machines} onChange={setMachines} />
        <Button type="submit" variant="default" loading={make.isPending}>
          Make an address
        </Button>
        {make.data && (
          <output className="account-shown">
            Run this on the machine before {ago(make.data.expiresAt)}; it is shown once:
            <pre className="command">hearthwork provider join {make.data.address}</pre>
          </output>
        )}
        <Problem error={make.error} onDismiss={make.reset} />
      </form>
    </Card>
  );
}
