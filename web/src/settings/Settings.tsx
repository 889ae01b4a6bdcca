import { useState } from "react";
import { useConfig } from "../config/useConfig.ts";
import { Page } from "../shell/Page.tsx";
import { AccessCard } from "./AccessCard.tsx";
import { ExchangeCard } from "./ExchangeCard.tsx";
import { FileCard } from "./FileCard.tsx";
import { OutletsCard } from "./OutletsCard.tsx";
import { SiteCard } from "./SiteCard.tsx";
import "./settings.css";

/** How the site is set up: its own figures, who may use it, and the whole of hearth.yaml. */
export function Settings() {
  const { data: config, error } = useConfig();
  const [saved, setSaved] = useState<"site" | "file">();
  return (
    <Page title="Settings">
      {config && <SiteCard config={config} isSaved={saved === "site"} onSaved={() => setSaved("site")} />}
      {config && <ExchangeCard config={config} />}
      <AccessCard />
      <OutletsCard />
      {config && <FileCard config={config} isSaved={saved === "file"} onSaved={() => setSaved("file")} />}
      {error && !config && (
        <p className="card" role="alert">
          {error.message}
        </p>
      )}
    </Page>
  );
}
