import type { Icon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

export interface Place {
  readonly to: string;
  readonly name: string;
  readonly Icon: Icon;
  /** A phone has the way to it at its pages' foot. */
  readonly isWideOnly?: boolean;
}

/** The ways to the pages: a rail beside them where there is room, a bar under the thumb on a phone. */
export function Navigation({ places }: { readonly places: readonly Place[] }) {
  return (
    <nav className="nav" aria-label="Pages">
      <ul>
        {places.map(({ to, name, Icon, isWideOnly }) => (
          <li key={to} data-wide={isWideOnly || undefined}>
            <Link className="nav-place" to={to} activeOptions={{ exact: to === "/" }}>
              <span className="nav-icon">
                <Icon size={24} stroke={1.75} aria-hidden="true" />
              </span>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
