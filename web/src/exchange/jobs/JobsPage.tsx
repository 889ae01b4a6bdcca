import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { answered } from "../../asking.ts";
import { price } from "../../format.ts";
import { Card } from "../../shell/Card.tsx";
import { moment } from "../../siteTime.ts";
import { addresses } from "../addresses.ts";
import { api, type Job, type JobList } from "../api.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { Page } from "../shell/Page.tsx";
import { timezone } from "../timezone.ts";
import { useMe } from "../useMe.ts";
import { stateNames, stateTones, taskWords } from "./jobWords.ts";
import { TaskBar } from "./TaskBar.tsx";
import "../../shell/table.css";
import "./jobs.css";

const askEveryMs = 2_000;

/** The newest jobs and how far they are. */
export function JobsPage() {
  const rights = useMe()?.rights ?? [];
  const isOperator = rights.includes("ledger:read");
  const mayWrite = rights.includes("jobs:write");
  const [all, showAll] = useState(false);
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["jobs", all],
    queryFn: ({ pageParam }): Promise<JobList> =>
      answered(
        api.GET("/api/v1/jobs", {
          params: { query: { all: String(all), ...(pageParam === undefined ? {} : { before: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : askEveryMs),
    placeholderData: keepPreviousData,
  });
  const jobs = data?.pages.flatMap((page) => page.jobs) ?? [];
  return (
    <Page title="Jobs">
      {mayWrite && (
        <p>
          <Button variant="light" renderRoot={(props) => <Link to={addresses.submit} {...props} />}>
            Submit a job
          </Button>
        </p>
      )}
      <Card
        title="The newest"
        aside={
          isOperator && (
            <SegmentedControl
              size="xs"
              radius="xl"
              aria-label="Whose jobs are shown"
              value={all ? "all" : "mine"}
              onChange={(value) => showAll(value === "all")}
              data={[
                { value: "mine", label: "Mine" },
                { value: "all", label: "Everybody’s" },
              ]}
            />
          )
        }
      >
        {error && <p role="alert">{error.message}</p>}
        {data && jobs.length === 0 && <NoJobs />}
        {jobs.length > 0 && <JobTable jobs={jobs} isWhose={all} />}
        {hasNextPage && (
          <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older ones
          </Button>
        )}
      </Card>
    </Page>
  );
}

function NoJobs() {
  return (
    <div className="empty-words">
      <p>
        Nothing was submitted yet. Describe a job in a file, see what it would cost, and have it computed:
      </p>
      <pre className="command">
        hearthwork job submit job.yaml --quote{"\n"}hearthwork job submit job.yaml
      </pre>
      <p>
        Two examples come with Hearthwork, in <code>data/jobs</code>.
      </p>
    </div>
  );
}

function JobTable({ jobs, isWhose }: { readonly jobs: readonly Job[]; readonly isWhose: boolean }) {
  const { at } = useShownNetwork();
  const when = (time: string) => moment(Date.parse(time), Date.parse(at), timezone);
  return (
    <table className="table figures-table">
      <thead>
        <tr>
          <th scope="col">Job</th>
          <th scope="col">Tasks</th>
          <th scope="col" className="table-wide">
            Submitted
          </th>
          <th scope="col" className="table-wide">
            Wanted until
          </th>
          <th scope="col">Cost</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map(({ id, name, consumer, state, tasks, createdAt, deadline, cost, quote }) => (
          <tr key={id}>
            <th scope="row">
              <Link className="job-name" to={addresses.job(id)}>
                {name}
              </Link>
              <span className="job-note">{isWhose ? `${consumer} · ${id}` : id}</span>
            </th>
            <td className="job-bar">
              <TaskBar tasks={tasks} />
              <span className="job-note job-tasks">{taskWords(tasks)}</span>
            </td>
            <td className="table-wide">{when(createdAt)}</td>
            <td className="table-wide">{when(deadline)}</td>
            <td>
              {price(cost)}
              <span className="job-note">of {price(quote)}</span>
            </td>
            <td>
              <span className="chip job-state" data-tone={stateTones[state]}>
                {stateNames[state]}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
