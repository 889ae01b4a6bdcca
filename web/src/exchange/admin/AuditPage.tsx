import { Button, TextInput } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { answered, baseUrl } from "../../asking.ts";
import { Card } from "../../shell/Card.tsx";
import { ago } from "../account/timeWords.ts";
import { addresses } from "../addresses.ts";
import { api, type AuditEntry } from "../api.ts";
import { Page } from "../shell/Page.tsx";
import "../../shell/table.css";
import "../account/account.css";
import "./admin.css";

/** Who did what at the exchange, the newest first. */
export function AuditPage() {
  const [actor, setActor] = useState("");
  const [action, setAction] = useState("");
  const [by, did] = [useDeferredValue(actor.trim()), useDeferredValue(action.trim())];
  const filter = { ...(by === "" ? {} : { actor: by }), ...(did === "" ? {} : { action: did }) };
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["audit", by, did],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET("/api/v1/audit", {
          params: { query: { ...filter, ...(pageParam === undefined ? {} : { before: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page title="Audit log">
      <p>
        <Link className="link" to={addresses.admin}>
          Admin
        </Link>
      </p>
      <Card
        title="Who did what"
        aside={
          <a
            className="link"
            href={`${baseUrl}/api/v1/audit.csv?${new URLSearchParams(filter).toString()}`}
            download
          >
            As CSV
          </a>
        }
      >
        <div className="account-form">
          <TextInput
            label="By whom"
            placeholder="everybody"
            value={actor}
            onChange={(event) => setActor(event.currentTarget.value)}
          />
          <TextInput
            label="What begins with"
            placeholder="key/"
            value={action}
            onChange={(event) => setAction(event.currentTarget.value)}
          />
        </div>
        {error && <p role="alert">{error.message}</p>}
        {data && entries.length === 0 && <p className="account-note">Nothing of the kind was done.</p>}
        {entries.length > 0 && <AuditTable entries={entries} />}
        {hasNextPage && (
          <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        )}
      </Card>
    </Page>
  );
}

function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <table className="table audit-table">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">To</th>
          <th scope="col" className="table-wide">
            From
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, at, actor, action, subject, outcome, detail, address }) => (
          <tr key={id}>
            <td>
              <time dateTime={at} title={at}>
                {ago(at)}
              </time>
            </td>
            <td>{actor}</td>
            <td>
              {action} {outcome === "refused" && <strong className="audit-refused">refused</strong>}
            </td>
            <td>
              {subject} {detail !== "" && <small>{detail}</small>}
            </td>
            <td className="table-wide">{address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
