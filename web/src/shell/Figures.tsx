import type { Icon } from "@tabler/icons-react";
import "./figures.css";

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly note: string;
  readonly Icon: Icon;
}

/** What there is to know in a few numbers. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ name, value, unit, note, Icon }) => (
        <div key={name} className="figure">
          <dt>
            <Icon size={18} aria-hidden="true" />
            {name}
          </dt>
          <dd>
            <span className="figure-value">
              {value}
              {unit !== "" && <span className="figure-unit"> {unit}</span>}
            </span>
            <span className="fact-note">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
