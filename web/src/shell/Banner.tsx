import type { ReactNode } from "react";

interface BannerProps {
  readonly tone: "bad" | "warn";
  readonly icon: ReactNode;
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

/** What somebody has to know at once. */
export function Banner({ tone, icon, title, note, children }: BannerProps) {
  return (
    <div className="banner" data-tone={tone}>
      {icon}
      <div>
        <p className="banner-title">
          {title}
          {note !== undefined && <span className="banner-note"> {note}</span>}
        </p>
        <p>{children}</p>
      </div>
    </div>
  );
}
