import { Button } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { answered, api, type Heater, type Site } from "../api.ts";
import { Problem } from "../shell/Problem.tsx";
import { useShowSite } from "../useSite.ts";

/** Stops a heater, or gives it back to the thermostat. */
export function StopOrResume({ heater }: { heater: Heater }) {
  const show = useShowSite();
  const isStopped = heater.state === "stopped-by-owner";
  const path = { params: { path: { id: heater.id } } };
  const change = useMutation({
    mutationFn: (resume: boolean): Promise<Site> =>
      answered(
        resume ? api.POST("/api/v1/heaters/{id}/resume", path) : api.POST("/api/v1/heaters/{id}/stop", path),
      ),
    onSuccess: show,
  });
  return (
    <div className="heater-command">
      <Button
        variant={isStopped ? "filled" : "default"}
        leftSection={isStopped ? <IconPlayerPlay size={18} /> : <IconPlayerStop size={18} />}
        loading={change.isPending}
        onClick={() => change.mutate(isStopped)}
        aria-label={`${isStopped ? "Resume" : "Stop"} ${heater.name}`}
      >
        {isStopped ? "Resume" : "Stop"}
      </Button>
      <Problem error={change.error} onDismiss={change.reset} />
    </div>
  );
}
