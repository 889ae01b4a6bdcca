import { ActionIcon } from "@mantine/core";
import { IconFlame, IconMinus, IconPlus } from "@tabler/icons-react";
import { useRef } from "react";
import type { Heater, Sink, Site } from "../api.ts";
import { bandWords, comfortWords, roomState, sensorWords, stateWords } from "../comfortNow.ts";
import { degrees, watts } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Dial } from "./Dial.tsx";
import { celsiusSteps, stepped } from "./dialGeometry.ts";
import { Problem } from "../shell/Problem.tsx";
import { RoomActions } from "./RoomActions.tsx";
import { useTarget } from "./useTarget.ts";

export function RoomCard({ sink, site }: { sink: Sink; site: Site }) {
  const target = useTarget(sink);
  const dial = useRef<SVGSVGElement>(null);
  const { minC: min, maxC: max, bandK } = sink.comfort;
  const scale = { min, max };
  const turnBy = (direction: 1 | -1) =>
    target.turn(stepped(target.wanted, direction, celsiusSteps.normal, scale));
  const maxWatts = site.heaters
    .filter((heater) => heater.sinkId === sink.id)
    .reduce((sum, heater) => sum + heater.maxWatts, 0);

  return (
    <Card title={sink.name} className="room" aside={<RoomState sink={sink} heaters={site.heaters} />}>
      <Dial
        ref={dial}
        label={`Temperature wanted in ${sink.name}`}
        wanted={target.wanted}
        now={sink.temperatureC}
        bandK={bandK}
        scale={scale}
        glow={maxWatts > 0 ? Math.min(1, sink.heatingWatts / maxWatts) : 0}
        onTurn={(wanted) => target.turn(wanted)}
        onLetGo={target.letGo}
      >
        <p className="room-now">
          <span className="room-caption">Now</span>
          <span className="room-figure">
            {sink.temperatureC === null ? "—" : degrees(sink.temperatureC)}
            {sink.temperatureC !== null && <span className="room-unit">°C</span>}
          </span>
        </p>
        <div className="room-wanted">
          <ActionIcon
            variant="default"
            radius="xl"
            size={44}
            aria-label="Half a degree colder"
            onClick={() => turnBy(-1)}
          >
            <IconMinus size={20} />
          </ActionIcon>
          <p>
            <span className="room-caption">Wanted</span>
            <span className="room-target">{degrees(target.wanted)}°</span>
          </p>
          <ActionIcon
            variant="default"
            radius="xl"
            size={44}
            aria-label="Half a degree warmer"
            onClick={() => turnBy(1)}
          >
            <IconPlus size={20} />
          </ActionIcon>
        </div>
      </Dial>
      <Sensor sink={sink} />
      <p className="room-source">
        {comfortWords(sink.comfort, site.now, site.timezone)}
        <span className="room-band">{bandWords(sink, target.wanted)}</span>
      </p>
      <RoomActions sink={sink} site={site} onBackToSchedule={() => dial.current?.focus()} />
      <Problem error={target.error} onDismiss={target.dismiss} />
    </Card>
  );
}

function RoomState({ sink, heaters }: { sink: Sink; heaters: readonly Heater[] }) {
  const state = roomState(sink, heaters);
  const isHeating = state === "heating";
  return (
    <p className="chip" data-tone={isHeating ? "ember" : "calm"}>
      {isHeating && <IconFlame size={16} aria-hidden="true" />}
      {stateWords[sink.kind][state]}
      {isHeating && ` · ${watts(sink.heatingWatts)}`}
    </p>
  );
}

function Sensor({ sink }: { sink: Sink }) {
  const words = sensorWords[sink.sensor];
  return words === undefined ? null : (
    <p className="chip room-sensor" data-tone={sink.sensor === "late" ? "warn" : "bad"}>
      {words}
    </p>
  );
}
