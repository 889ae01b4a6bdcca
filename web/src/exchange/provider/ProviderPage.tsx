import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { answered } from "../../asking.ts";
import { addresses } from "../addresses.ts";
import { api, type Provider } from "../api.ts";
import { Page } from "../shell/Page.tsx";
import { Days } from "./Days.tsx";
import { ProviderNow } from "./ProviderNow.tsx";
import { Trust } from "./Trust.tsx";
import { Verdicts } from "./Verdicts.tsx";
import "./provider.css";

const askEveryMs = 3_000;

/** One machine: what it does and earned, and why it is believed or not. */
export function ProviderPage() {
  const { id = "" } = useParams({ strict: false });
  const { data: provider, error } = useQuery({
    queryKey: ["provider", id],
    queryFn: (): Promise<Provider> =>
      answered(api.GET("/api/v1/providers/{id}", { params: { path: { id } } })),
    refetchInterval: askEveryMs,
    retry: false,
  });
  return (
    <Page title={provider?.name ?? "Provider"}>
      <p className="way-back">
        <Link to={addresses.network}>The network</Link>
      </p>
      {error && !provider && (
        <div className="empty">
          <p role="alert">{error.message}</p>
        </div>
      )}
      {provider && (
        <>
          <ProviderNow provider={provider} />
          <div className="columns network-columns">
            <Days provider={provider} />
            <Trust provider={provider} />
          </div>
          <Verdicts provider={provider} />
        </>
      )}
    </Page>
  );
}
