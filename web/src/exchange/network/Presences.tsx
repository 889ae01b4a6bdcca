import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { answered, baseUrl } from "../../asking.ts";
import { count, price, plain, unknown, watts } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { addresses } from "../addresses.ts";
import { api, type Presence, type PresenceList } from "../api.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { kindNames, trustWords } from "./networkWords.ts";
import { regionName } from "./regionWords.ts";
import "../../shell/table.css";

const askEveryMs = 5_000;
const choices = [
  { value: "here", label: "Here now" },
  { value: "all", label: "All" },
] as const;

/** Providers: those that are connected, or all that ever joined. */
export function Presences() {
  const [shown, show] = useState<"here" | "all">("here");
  const all = shown === "all";
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["presences", shown],
    queryFn: ({ pageParam }): Promise<PresenceList> =>
      answered(
        api.GET("/api/v1/network/providers", {
          params: { query: { all: String(all), ...(pageParam === undefined ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: askEveryMs,
    placeholderData: keepPreviousData,
  });
  const providers = data?.pages.flatMap((page) => page.providers) ?? [];
  return (
    <Card
      title="Providers"
      aside={
        <SegmentedControl
          size="xs"
          radius="xl"
          aria-label="Which providers are shown"
          value={shown}
          onChange={(value) => show(value === "all" ? "all" : "here")}
          data={[...choices]}
        />
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {data && providers.length === 0 && <Nobody all={all} />}
      {providers.length > 0 && <PresenceTable providers={providers} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </Card>
  );
}

function Nobody({ all }: { readonly all: boolean }) {
  const { fingerprint } = useShownNetwork();
  return (
    <div className="empty-words">
      <p>
        {all ? "Nobody has joined yet." : "Nobody is connected now."} To offer a machine’s compute, run on it:
      </p>
      <pre className="command">
        hearthwork provider join {baseUrl}/#{fingerprint}
      </pre>
      <p>
        A hearth offers its heaters’ computers by the section <code>exchange</code> of its hearth.yaml.
      </p>
    </div>
  );
}

function PresenceTable({ providers }: { readonly providers: readonly Presence[] }) {
  return (
    <table className="table figures-table">
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col" className="table-wide">
            Kind
          </th>
          <th scope="col">Running</th>
          <th scope="col">Asks an hour</th>
          <th scope="col" className="table-wide">
            Computing
          </th>
          <th scope="col" className="table-wide">
            CO₂e an hour
          </th>
          <th scope="col" data-words>
            Is
          </th>
        </tr>
      </thead>
      <tbody>
        {providers.map((provider) => (
          <PresenceRow key={provider.id} {...provider} />
        ))}
      </tbody>
    </table>
  );
}

function PresenceRow({
  id,
  name,
  kind,
  region,
  isConnected,
  isRevoked,
  slots,
  running,
  asks,
  ...more
}: Presence) {
  return (
    <tr data-none={!isConnected || undefined}>
      <th scope="row">
        {name === null ? (
          <span className="party-name">{id}</span>
        ) : (
          <Link className="party-name" to={addresses.provider(id)}>
            {name}
          </Link>
        )}
        {name !== null && <span className="party-id">{id}</span>}
      </th>
      <td className="table-wide">
        {kindNames[kind]}
        {region !== null && <span className="party-id">{regionName(region)}</span>}
      </td>
      <td>{isConnected ? `${count(running)} of ${count(slots)}` : unknown}</td>
      <td>{asks ? price(asks) : unknown}</td>
      <td className="table-wide">{watts(more.watts)}</td>
      <td className="table-wide">{plain(more.gramsPerClassHour, 1, "g")}</td>
      <td data-words>{isRevoked ? "revoked" : isConnected ? trustWords(more.trust) : "away"}</td>
    </tr>
  );
}
