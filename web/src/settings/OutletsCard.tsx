import { Button } from "@mantine/core";
import { IconCircleCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { answered, api } from "../api.ts";
import { sentence } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useShownSite } from "../shell/siteContext.ts";

/** Who outside is told how the home is doing and reached by its alarms, and whether that works. */
export function OutletsCard() {
  const { outlets, feeds } = useShownSite();
  return (
    <Card title="Who is told, and who is asked">
      {outlets.length === 0 && (
        <p className="settings-note">
          Nobody outside is told: alarms are on these pages alone. Home Assistant, a broker and a webhook are
          set up in hearth.yaml, below, as <code>homeAssistant</code> and <code>alarms</code>.
        </p>
      )}
      <ul className="outlets">
        {outlets.map(({ name, trouble }) => (
          <Line key={name} name={name} trouble={trouble} fine="is told" />
        ))}
        {feeds.map(({ name, trouble }) => (
          <Line key={name} name={name} trouble={trouble} fine="answers" />
        ))}
      </ul>
      {outlets.length > 0 && <AlarmTest />}
    </Card>
  );
}

function Line({ name, trouble, fine }: { name: string; trouble: string | null; fine: string }) {
  return (
    <li data-bad={trouble !== null || undefined}>
      {trouble === null ? (
        <IconCircleCheck size={18} aria-hidden="true" />
      ) : (
        <IconPlugConnectedX size={18} aria-hidden="true" />
      )}
      <span>
        <strong>{name}</strong> {trouble === null ? fine : `– ${sentence(trouble)}`}
      </span>
    </li>
  );
}

function AlarmTest() {
  const test = useMutation({ mutationFn: () => answered(api.POST("/api/v1/alarms/test")) });
  return (
    <div className="outlets-test">
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        Send a test alarm
      </Button>
      {test.data && (
        <output>
          {test.data.ways.length === 0
            ? "No way is set up on which alarms leave the house."
            : test.data.ways
                .map(({ name, trouble }) => `${name}: ${trouble ?? "the test arrived"}`)
                .join("; ")}
        </output>
      )}
      <Problem error={test.error} onDismiss={test.reset} />
    </div>
  );
}
