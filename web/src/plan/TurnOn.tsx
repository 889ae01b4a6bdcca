import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answered, api, type Config } from "../api.ts";
import { onlyIf, useConfig, useShowConfig } from "../config/useConfig.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";

/** Offers to plan where hearth.yaml does not ask for it. */
export function TurnOn() {
  const client = useQueryClient();
  const showConfig = useShowConfig();
  const { data: config } = useConfig();
  const turnOn = useMutation({
    mutationFn: (of: Config) =>
      answered(
        api.PUT("/api/v1/config/site", { params: { header: onlyIf(of) }, body: { plan: { hours: 24 } } }),
      ),
    onSuccess: async (next) => {
      showConfig(next);
      await client.invalidateQueries({ queryKey: ["plan"] });
    },
  });
  return (
    <Card title="Nothing is planned">
      <p className="plan-note">
        Each room is heated when it is cold. With a plan it is also heated ahead while energy is cheap or
        clean, as far as its walls keep the heat, and never beyond its comfort. Prices that change over the
        day come with the tariff in <Link to="/settings">Settings</Link>.
      </p>
      <Button disabled={!config} loading={turnOn.isPending} onClick={() => config && turnOn.mutate(config)}>
        Plan ahead
      </Button>
      <Problem error={turnOn.error} onDismiss={turnOn.reset} />
    </Card>
  );
}
