import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconFlame,
  IconHandStop,
  IconHourglass,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnectedX,
  IconShieldCheck,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answered, api, type Heater, type Site } from "../api.ts";
import { celsius, count, hashRate, watts } from "../format.ts";
import { useShowSite } from "../useSite.ts";
import { Card } from "../shell/Card.tsx";
import { PowerBar } from "./PowerBar.tsx";
import { Problem } from "../shell/Problem.tsx";

const states = {
  off: { word: "Off", tone: "calm", Icon: IconMoon },
  heating: { word: "Heating", tone: "ember", Icon: IconFlame },
  settling: { word: "Settling", tone: "warn", Icon: IconHourglass },
  "stopped-by-owner": { word: "Stopped by you", tone: "calm", Icon: IconHandStop },
  unreachable: { word: "Not reachable", tone: "bad", Icon: IconPlugConnectedX },
  fault: { word: "Fault", tone: "bad", Icon: IconAlertTriangle },
} as const;

const workloads = { mining: "Mining", job: "Computing a job", idle: "Computing nothing" } as const;

export function HeaterCard({ heater, room }: { heater: Heater; room: string | undefined }) {
  const { word, tone, Icon } = states[heater.state];
  return (
    <Card
      level={3}
      title={heater.name}
      className="heater"
      aside={
        <p className="chip" data-tone={tone}>
          <Icon size={16} aria-hidden="true" />
          {word}
        </p>
      }
    >
      <p className="heater-reason">{sentence(heater.reason)}</p>
      {heater.faults.length > 0 && (
        <ul className="heater-faults">
          {heater.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <PowerBar heater={heater} />
      <dl className="facts">
        <Fact name="Power" note={heater.watts === null ? undefined : heater.provenance}>
          {watts(heater.watts)}
        </Fact>
        <Fact name="Hashes" note={workloads[heater.workload]}>
          {hashRate(heater.hashesPerSecond)}
        </Fact>
        <Fact name="Hottest part">{celsius(heater.temperatureC, 0)}</Fact>
        {heater.shares && (
          <Fact name="Shares" note={refused(heater.shares)}>
            {count(heater.shares.accepted)}
          </Fact>
        )}
      </dl>
      <footer className="heater-foot">
        <p className="heater-safe">
          <IconShieldCheck size={18} aria-hidden="true" />
          <span>
            If the hearth fails: {heater.safeState}
            {room !== undefined && ` · heats ${room}`}
          </span>
        </p>
        <StopOrResume heater={heater} />
      </footer>
    </Card>
  );
}

function Fact({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        <span className="fact-value">{children}</span>
        {note !== undefined && <span className="fact-note">{note}</span>}
      </dd>
    </div>
  );
}

function StopOrResume({ heater }: { heater: Heater }) {
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

function refused({ rejected, stale }: NonNullable<Heater["shares"]>): string {
  return rejected + stale === 0 ? "all accepted" : `${rejected} rejected, ${stale} stale`;
}

/** "holding 90 W" → "Holding 90 W". */
const sentence = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);
