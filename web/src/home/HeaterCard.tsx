import { IconShieldCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Heater } from "../api.ts";
import { HeaterNow } from "../heater/HeaterNow.tsx";
import { HeaterState } from "../heater/HeaterState.tsx";
import { StopOrResume } from "../heater/StopOrResume.tsx";
import { Card } from "../shell/Card.tsx";

export function HeaterCard({ heater, room }: { heater: Heater; room: string | undefined }) {
  return (
    <Card
      level={3}
      title={
        <Link className="card-link" to="/heaters/$id" params={{ id: heater.id }}>
          {heater.name}
        </Link>
      }
      className="heater"
      aside={<HeaterState {...heater} />}
    >
      <HeaterNow heater={heater} />
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
