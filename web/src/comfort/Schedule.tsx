import { Button, NumberInput } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Instant, localDay, offsetAt, weekdayOf } from "../../../src/domain/index.ts";
import { answered, api, type Config, type Sink, type Site } from "../api.ts";
import { onlyIf, undoConfig, useShowConfig } from "../config/useConfig.ts";
import { celsius } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import { BlockForm } from "./BlockForm.tsx";
import { comfortRange } from "./comfortRange.ts";
import type { ComfortSettings } from "./comfortOf.ts";
import { type Block, entriesOf, replaced, sameWeek, type Week, weekOf, without } from "./week.ts";
import { WeekGrid } from "./WeekGrid.tsx";

interface ScheduleProps {
  readonly site: Site;
  readonly sink: Sink;
  readonly config: Config;
  readonly settings: ComfortSettings;
  /** Whether this is what was just saved, which can be taken back. */
  readonly isSaved: boolean;
  readonly onSaved: (isSaved: boolean) => void;
}

/** The week of a room or a tank, as it is drawn; it holds once it is saved, and can be taken back then. */
export function Schedule({ site, sink, config, settings, isSaved, onSaved }: ScheduleProps) {
  const showConfig = useShowConfig();
  const range = comfortRange(sink);
  const saved = weekOf(settings.week);
  const [week, setWeek] = useState<Week>(saved);
  const [selected, select] = useState<Block>();
  const [setBackC, setSetBack] = useState(settings.setBackC);
  const [bandK, setBand] = useState(settings.bandK ?? sink.comfort.bandK);
  const isChanged =
    !sameWeek(week, saved) ||
    setBackC !== settings.setBackC ||
    bandK !== (settings.bandK ?? sink.comfort.bandK);
  const targets = week.map(({ targetC }) => targetC);
  const brushC = selected?.targetC ?? Math.max(setBackC, ...targets);

  const save = useMutation({
    mutationFn: (): Promise<Config> =>
      answered(
        api.PUT("/api/v1/config/sinks/{id}/comfort", {
          params: { path: { id: sink.id }, header: onlyIf(config) },
          body: {
            setBackC,
            ...(settings.bandK === undefined && bandK === sink.comfort.bandK ? {} : { bandK }),
            week: entriesOf(week).map((entry) => ({ ...entry, days: [...entry.days] })),
          },
        }),
      ),
    onSuccess: (next) => {
      onSaved(true);
      showConfig(next);
    },
  });
  const undo = useMutation({
    mutationFn: () => undoConfig(config),
    onSuccess: (next) => {
      onSaved(false);
      showConfig(next);
    },
  });
  const change = (next: Week, block: Block | undefined) => {
    setWeek(next);
    select(block);
  };

  return (
    <Card
      title="Week"
      aside={
        <p className="card-note">
          Draw a time with the mouse, drag it or its ends; with the keyboard: arrows move it, Shift and Alt
          with arrows its ends, plus and minus its temperature
        </p>
      }
    >
      <WeekGrid
        week={week}
        selected={selected}
        brushC={brushC}
        range={range}
        scale={{ min: setBackC, max: Math.max(setBackC + 1, ...targets) }}
        now={nowOf(site)}
        onChange={change}
      />
      {selected ? (
        <BlockForm
          block={selected}
          range={range}
          onChange={(block) => change(replaced(week, selected, block), block)}
          onRemove={() => change(without(week, selected), undefined)}
        />
      ) : (
        <p className="week-hint">
          Outside of these times {celsius(setBackC)} is wanted. Choose a time to change it in numbers.
        </p>
      )}
      <div className="week-foot">
        <NumberInput
          label="Set-back"
          description="Wanted at all other times"
          suffix=" °C"
          decimalScale={1}
          step={0.5}
          min={range.coldestC}
          max={range.warmestC}
          clampBehavior="strict"
          value={setBackC}
          onChange={(value) => typeof value === "number" && setSetBack(value)}
        />
        <NumberInput
          label="Band"
          description={
            sink.kind === "tank"
              ? "Heated again this far below what is wanted"
              : "Comfortable this far above and below"
          }
          prefix={sink.kind === "tank" ? "− " : "± "}
          suffix=" K"
          decimalScale={1}
          step={0.1}
          min={range.leastBandK}
          max={range.mostBandK}
          clampBehavior="strict"
          value={bandK}
          onChange={(value) => typeof value === "number" && setBand(value)}
        />
        <div className="week-save">
          {isSaved && !isChanged && (
            <>
              <output className="week-saved">
                <IconCheck size={18} aria-hidden="true" /> Saved
              </output>
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={18} aria-hidden="true" />}
                loading={undo.isPending}
                onClick={() => undo.mutate()}
              >
                Undo
              </Button>
            </>
          )}
          {isChanged && (
            <Button
              variant="default"
              onClick={() => {
                change(saved, undefined);
                setSetBack(settings.setBackC);
                setBand(settings.bandK ?? sink.comfort.bandK);
              }}
            >
              Discard
            </Button>
          )}
          <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
            Save
          </Button>
        </div>
      </div>
      <Problem error={save.error ?? undo.error} onDismiss={save.error ? save.reset : undo.reset} />
    </Card>
  );
}

/** The day and minute that the site's clocks show. */
function nowOf({ now, timezone }: Site): { day: number; minute: number } {
  const at = Instant(Date.parse(now));
  const day = localDay(timezone, at);
  const local = at + offsetAt(timezone, at);
  return { day: weekdayOf(day), minute: (local - day * 86_400_000) / 60_000 };
}
