import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answered } from "../../asking.ts";
import { Card } from "../../shell/Card.tsx";
import { api, type Job, type Task, type TaskList } from "../api.ts";
import { TaskRows } from "./TaskRows.tsx";
import "../../shell/table.css";

const askEveryMs = 2_000;
const states = ["waiting", "running", "done", "failed"] as const;
type Shown = Task["state"] | "all";

/** The tasks of a job: where each ran, what it cost, why it failed, what it wrote. */
export function Tasks({ job: { id, state: jobState } }: { readonly job: Job }) {
  const [shown, show] = useState<Shown>("all");
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["tasks", id, shown, jobState],
    queryFn: ({ pageParam }): Promise<TaskList> =>
      answered(
        api.GET("/api/v1/jobs/{id}/tasks", {
          params: { path: { id }, query: { from: pageParam, ...(shown === "all" ? {} : { state: shown }) } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      jobState !== "open" || (state.data && state.data.pages.length > 1) ? false : askEveryMs,
    placeholderData: keepPreviousData,
  });
  const tasks = data?.pages.flatMap((page) => page.tasks) ?? [];
  return (
    <Card
      title="Tasks"
      aside={
        <SegmentedControl
          size="xs"
          radius="xl"
          aria-label="Which tasks are shown"
          value={shown}
          onChange={(value) => show(states.find((state) => state === value) ?? "all")}
          data={[
            { value: "all", label: "All" },
            ...states.map((state) => ({
              value: state,
              label: state.replace(/^./, (first) => first.toUpperCase()),
            })),
          ]}
        />
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {data && tasks.length === 0 && <p className="note">None of its tasks is {shown}.</p>}
      {tasks.length > 0 && (
        <table className="table figures-table">
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col" data-words>
                Where it ran
              </th>
              <th scope="col" className="table-wide">
                For
              </th>
              <th scope="col">Cost</th>
              <th scope="col" className="table-wide" data-words>
                Result
              </th>
              <th scope="col" data-words>
                It
              </th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <TaskRows key={task.index} job={id} task={task} />
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </Card>
  );
}
