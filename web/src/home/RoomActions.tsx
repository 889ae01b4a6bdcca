import { Button, Popover } from "@mantine/core";
import { IconArrowBackUp, IconFlame, IconLuggage } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answered, api, type Override, type Sink, type Site } from "../api.ts";
import { boostFrom } from "../comfortNow.ts";
import { degrees } from "../format.ts";
import { useShowSite } from "../useSite.ts";
import { AwayForm } from "./AwayForm.tsx";
import { Problem } from "../shell/Problem.tsx";

interface RoomActionsProps {
  readonly sink: Sink;
  readonly site: Site;
  readonly onBackToSchedule: () => void;
}

export function RoomActions({ sink, site, onBackToSchedule }: RoomActionsProps) {
  const show = useShowSite();
  const [awayIsOpen, openAway] = useState(false);
  const path = { params: { path: { id: sink.id } } };
  const change = useMutation({
    scope: { id: `override ${sink.id}` },
    mutationFn: (override: Override | undefined): Promise<Site> =>
      answered(
        override
          ? api.PUT("/api/v1/sinks/{id}/override", { ...path, body: override })
          : api.DELETE("/api/v1/sinks/{id}/override", path),
      ),
    onSuccess: show,
  });
  const { source } = sink.comfort;
  const boost = boostFrom(sink, site.now);

  return (
    <>
      <div className="room-actions">
        {source !== "boost" && boost.targetC > sink.comfort.targetC && (
          <Button
            variant="light"
            leftSection={<IconFlame size={18} />}
            loading={change.isPending && change.variables?.kind === "boost"}
            onClick={() => change.mutate(boost)}
          >
            Boost to {degrees(boost.targetC)}° for 1 h
          </Button>
        )}
        <Popover opened={awayIsOpen} onChange={openAway} trapFocus returnFocus withArrow shadow="md">
          <Popover.Target>
            <Button
              variant="default"
              leftSection={<IconLuggage size={18} />}
              loading={change.isPending && change.variables?.kind === "away"}
              onClick={() => openAway((isOpen) => !isOpen)}
            >
              Away…
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={`Away from ${sink.name}`}>
            <AwayForm
              sink={sink}
              now={site.now}
              timezone={site.timezone}
              onAway={(away) => {
                openAway(false);
                change.mutate(away);
              }}
            />
          </Popover.Dropdown>
        </Popover>
        {source !== "schedule" && source !== "set-back" && source !== "disinfection" && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} />}
            loading={change.isPending && change.variables === undefined}
            onClick={() => change.mutate(undefined, { onSuccess: onBackToSchedule })}
          >
            Back to schedule
          </Button>
        )}
      </div>
      <Problem error={change.error} onDismiss={change.reset} />
    </>
  );
}
