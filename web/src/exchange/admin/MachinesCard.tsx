import { Card } from "../../shell/Card.tsx";
import { MachineLine } from "../machines/MachineLine.tsx";
import { useMachines } from "../machines/useMachines.ts";

/** Every machine that joined: which are answered for, and which come in no more. */
export function MachinesCard() {
  const { data, error } = useMachines();
  return (
    <Card title="Machines">
      <p className="account-note">
        Results of a machine that you answer for are not checked by another. Answer only for your own.
      </p>
      {error && <p role="alert">{error.message}</p>}
      {data?.providers.length === 0 && <p className="account-note">No machine has joined yet.</p>}
      <ul className="account-list">
        {data?.providers.map((machine) => (
          <MachineLine key={machine.id} machine={machine} mayVouch />
        ))}
      </ul>
    </Card>
  );
}
