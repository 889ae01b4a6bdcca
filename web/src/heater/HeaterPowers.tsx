import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { answered, api, type Heater } from "../api.ts";
import { duration, unknown, watts } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useShowSite } from "../useSite.ts";
import { powerRows, trialWords } from "./powerRows.ts";

const drawnWords = {
  metered: "Metered",
  reported: "Drew, by its word",
  estimated: "Drew, estimated",
} as const;

/** What a heater really drew at each of its powers, and how its trial went. */
export function HeaterPowers({ heater }: { heater: Heater }) {
  const rows = powerRows(heater);
  const isLearned = heater.learned.length > 0;
  return (
    <Card
      title="Its powers, tried and measured"
      aside={
        heater.wattsDiffer && (
          <p className="chip" data-tone="warn">
            Its own figure is off
          </p>
        )
      }
    >
      <p className="card-note">{trialWords[heater.trial.status]}</p>
      {rows.length > 0 && (
        <table className="powers">
          <thead>
            <tr>
              <th scope="col">Its own figure</th>
              <th scope="col">{drawnWords[heater.provenance]}</th>
              {isLearned && <th scope="col">Measured for</th>}
              <th scope="col">Trial</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.watts}>
                <th scope="row">{watts(row.watts)}</th>
                <td data-off={row.isOff || undefined}>
                  {row.drawnWatts === undefined ? unknown : watts(row.drawnWatts)}
                  {row.difference !== undefined && <small>{row.difference}</small>}
                </td>
                {isLearned && <td>{row.seconds === undefined ? unknown : duration(row.seconds)}</td>}
                <td>{row.trial ?? unknown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <TrialCommands heater={heater} />
    </Card>
  );
}

function TrialCommands({ heater: { id, trial } }: { heater: Heater }) {
  const show = useShowSite();
  const path = { params: { path: { id } } };
  const change = useMutation({
    mutationFn: (command: "try" | "trust") =>
      answered(
        command === "try"
          ? api.POST("/api/v1/heaters/{id}/try", path)
          : api.POST("/api/v1/heaters/{id}/trust", path),
      ),
    onSuccess: show,
  });
  const isUntrusted = trial.status === "waiting" || trial.status === "running" || trial.status === "failed";
  return (
    <div className="powers-commands">
      {trial.status !== "waiting" && trial.status !== "running" && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} />}
          loading={change.isPending && change.variables === "try"}
          onClick={() => change.mutate("try")}
        >
          Try its powers again
        </Button>
      )}
      {isUntrusted && (
        <Button
          variant="default"
          loading={change.isPending && change.variables === "trust"}
          onClick={() => change.mutate("trust")}
        >
          Count on it without a trial
        </Button>
      )}
      <Problem error={change.error} onDismiss={change.reset} />
    </div>
  );
}
