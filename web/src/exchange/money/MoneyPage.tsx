import { Button } from "@mantine/core";
import { IconCoin, IconDownload, IconLock } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answered, baseUrl } from "../../asking.ts";
import { price } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { Figures } from "../../shell/Figures.tsx";
import { dayAndMonth } from "../../siteTime.ts";
import { addresses } from "../addresses.ts";
import { api, type ConsumerAccount } from "../api.ts";
import { things } from "../network/networkWords.ts";
import { Page } from "../shell/Page.tsx";
import { timezone } from "../timezone.ts";
import { useMe } from "../useMe.ts";
import { Lines } from "./Lines.tsx";
import "../../shell/table.css";

const askEveryMs = 5_000;

/** What whoever looks has to spend, what is set aside for jobs, and what moved the account. */
export function MoneyPage() {
  const me = useMe();
  const id = me?.account?.roles.includes("consumer") ? me.account.id : "operator";
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["money", id],
    queryFn: ({ pageParam }): Promise<ConsumerAccount> =>
      answered(
        api.GET("/api/v1/consumers/{id}", {
          params: { path: { id }, query: pageParam === undefined ? {} : { before: pageParam } },
        }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : askEveryMs),
    placeholderData: keepPreviousData,
    enabled: me !== undefined,
  });
  const [account] = data?.pages ?? [];
  return (
    <Page title="Money">
      {error && !account && (
        <div className="empty">
          <p role="alert">{error.message}</p>
        </div>
      )}
      {account && (
        <>
          <Balance account={account} />
          <Card
            title="Statement"
            aside={<p className="card-note">since {dayAndMonth(Date.parse(account.since), timezone)}</p>}
          >
            <Lines id={id} lines={data?.pages.flatMap((page) => page.lines) ?? []} />
            {hasNextPage && (
              <Button
                variant="default"
                mt="md"
                loading={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                Show older ones
              </Button>
            )}
          </Card>
        </>
      )}
    </Page>
  );
}

const always = new URLSearchParams({ from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" });

function Balance({ account: { id, balance, reserved, jobs } }: { readonly account: ConsumerAccount }) {
  const figures = [
    { name: "To spend", value: price(balance), unit: "", note: `on the account ${id}`, Icon: IconCoin },
    {
      name: "Set aside",
      value: price(reserved),
      unit: "",
      note: `for ${things(jobs.length, "job", "jobs")}; what they do not cost comes back`,
      Icon: IconLock,
    },
  ];
  return (
    <Card title="Balance">
      <Figures figures={figures} />
      {jobs.length > 0 && (
        <table className="table figures-table money-jobs">
          <thead>
            <tr>
              <th scope="col">Set aside for</th>
              <th scope="col">At most still</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <th scope="row">
                  <Link className="job-name" to={addresses.job(job.id)}>
                    {job.name}
                  </Link>
                </th>
                <td>{price(job.reserved)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="job-foot">
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          href={`${baseUrl}/api/v1/consumers/${id}/statement.csv?${always}`}
          download
        >
          Statement as CSV
        </Button>
      </div>
    </Card>
  );
}
