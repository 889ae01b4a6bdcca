import { type ReactNode, useId } from "react";

interface CardProps {
  readonly title: ReactNode;
  /** Beside the title, at the end of the line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly level?: 2 | 3;
  readonly children: ReactNode;
}

export function Card({ title, aside, className = "", level = 2, children }: CardProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <header className="card-head">
        <Heading id={id} className="card-title">
          {title}
        </Heading>
        {aside}
      </header>
      {children}
    </section>
  );
}
