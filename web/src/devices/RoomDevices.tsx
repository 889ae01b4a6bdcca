import { Button } from "@mantine/core";
import { IconFlame, IconPlug, IconTemperature } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { answered, api, type Config, type Entry, type Heater, type Site, type Sink } from "../api.ts";
import { onlyIf, useShowConfig } from "../config/useConfig.ts";
import { entriesOf, isEntry } from "../fields/entries.ts";
import { celsius, sentence, watts } from "../format.ts";
import { HeaterState } from "../heater/HeaterState.tsx";
import { Card } from "../shell/Card.tsx";
import { AskFirst } from "../shell/AskFirst.tsx";
import { placeWords, sensorWords, trialWords } from "./deviceWords.ts";

interface RoomDevicesProps {
  readonly site: Site;
  readonly room: Sink;
  readonly config: Config | undefined;
  readonly onChangeHeater: (id: string) => void;
  readonly onChangeRoom: (id: string) => void;
  readonly onRemoved: (words: string) => void;
}

const sensorTones = { fresh: "calm", late: "warn", lost: "bad", absurd: "bad" } as const;

/** The thermometer of a room and its heaters. */
export function RoomDevices({
  site,
  room,
  config,
  onChangeHeater,
  onChangeRoom,
  onRemoved,
}: RoomDevicesProps) {
  const heaters = site.heaters.filter(({ sinkId }) => sinkId === room.id);
  const settingsOf = (list: "sinks" | "heaters", id: string): Entry =>
    entriesOf(config?.settings ?? null, list).find((entry) => entry["id"] === id) ?? {};
  const { sensor } = settingsOf("sinks", room.id);
  return (
    <Card title={room.name}>
      <ul className="devices" aria-label={`Devices of ${room.name}`}>
        <Device
          Icon={IconTemperature}
          name="Thermometer"
          place={placeWords(sensor)}
          state={
            <p className="chip" data-tone={sensorTones[room.sensor]}>
              {room.sensor === "fresh" ? celsius(room.temperatureC) : room.sensor}
            </p>
          }
          actions={
            <>
              <Button size="compact-sm" variant="default" onClick={() => onChangeRoom(room.id)}>
                Change {room.name}
              </Button>
              {heaters.length === 0 && site.sinks.length > 1 && (
                <Remove kind="sinks" id={room.id} name={room.name} config={config} onRemoved={onRemoved} />
              )}
            </>
          }
        >
          {sensorWords(room)}
        </Device>
        {heaters.map((heater) => (
          <HeaterRow
            key={heater.id}
            heater={heater}
            entry={settingsOf("heaters", heater.id)}
            onChange={() => onChangeHeater(heater.id)}
            remove={
              site.heaters.length > 1 ? (
                <Remove
                  kind="heaters"
                  id={heater.id}
                  name={heater.name}
                  config={config}
                  onRemoved={onRemoved}
                />
              ) : (
                <p className="device-last">The only heater stays; change it instead.</p>
              )
            }
          />
        ))}
      </ul>
    </Card>
  );
}

interface HeaterRowProps {
  readonly heater: Heater;
  readonly entry: Entry;
  readonly onChange: () => void;
  readonly remove: ReactNode;
}

function HeaterRow({ heater, entry, onChange, remove }: HeaterRowProps) {
  const { plug } = entry;
  return (
    <Device
      Icon={IconFlame}
      name={
        <Link to="/heaters/$id" params={{ id: heater.id }}>
          {heater.name}
        </Link>
      }
      place={placeWords(entry)}
      state={<HeaterState {...heater} />}
      actions={
        <>
          <Button size="compact-sm" variant="default" onClick={onChange}>
            Change {heater.name}
          </Button>
          {remove}
        </>
      }
    >
      <p>
        {watts(heater.watts)} of at most {watts(heater.maxWatts)}, {heater.provenance}.{" "}
        {trialWords(heater.trial)}
      </p>
      {isEntry(plug) && (
        <p className="device-plug-line">
          <IconPlug size={16} aria-hidden="true" /> Plug: {placeWords(plug)}
        </p>
      )}
      <p>If the hearth fails: {sentence(heater.safeState)}.</p>
      {heater.faults.map((fault) => (
        <p key={fault} className="device-fault">
          {sentence(fault)}.
        </p>
      ))}
    </Device>
  );
}

interface DeviceProps {
  readonly Icon: typeof IconFlame;
  readonly name: ReactNode;
  readonly place: string;
  readonly state: ReactNode;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

function Device({ Icon, name, place, state, actions, children }: DeviceProps) {
  return (
    <li className="device">
      <Icon size={22} stroke={1.6} aria-hidden="true" className="device-icon" />
      <div className="device-words">
        <p className="device-name">
          <strong>{name}</strong> <span className="found-address">{place}</span>
        </p>
        {children}
      </div>
      <div className="device-side">
        {state}
        <div className="device-actions">{actions}</div>
      </div>
    </li>
  );
}

interface RemoveProps {
  readonly kind: "sinks" | "heaters";
  readonly id: string;
  readonly name: string;
  readonly config: Config | undefined;
  readonly onRemoved: (words: string) => void;
}

/** Takes an entry out of hearth.yaml once that was confirmed. */
function Remove({ kind, id, name, config, onRemoved }: RemoveProps) {
  const show = useShowConfig();
  const remove = async (now: Config) => {
    const params = { path: { id }, header: onlyIf(now) };
    show(
      await answered(
        kind === "heaters"
          ? api.DELETE("/api/v1/config/heaters/{id}", { params })
          : api.DELETE("/api/v1/config/sinks/{id}", { params }),
      ),
    );
    onRemoved(`${name} was removed.`);
  };
  return (
    <AskFirst
      label={`Remove ${name}`}
      question={`${kind === "heaters" ? "It is stopped and no longer driven. " : ""}Its history stays. Remove ${name}?`}
      yes="Yes, remove it"
      no="Keep it"
      isDisabled={!config}
      act={async () => config && remove(config)}
    />
  );
}
