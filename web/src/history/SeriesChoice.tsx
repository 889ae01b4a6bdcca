import { IconCheck } from "@tabler/icons-react";
import type { SiteSeries } from "../siteSeries.ts";

interface SeriesChoiceProps {
  readonly all: readonly SiteSeries[];
  readonly shown: readonly SiteSeries[];
  readonly onToggle: (id: string) => void;
}

/** Takes series in and out, by what they belong to. */
export function SeriesChoice({ all, shown, onToggle }: SeriesChoiceProps) {
  const subjects = [...Map.groupBy(all, ({ id }) => id.slice(0, id.lastIndexOf("/")))];
  return (
    <div className="choice">
      {subjects.map(([subject, series]) => (
        <fieldset key={subject} className="choice-subject">
          <legend>{series[0]?.subject}</legend>
          {series.map(({ id, quantity }) => {
            const isShown = shown.some((one) => one.id === id);
            return (
              <button
                key={id}
                type="button"
                className="choice-series"
                aria-pressed={isShown}
                onClick={() => onToggle(id)}
              >
                {isShown && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
                {quantity}
              </button>
            );
          })}
        </fieldset>
      ))}
    </div>
  );
}
