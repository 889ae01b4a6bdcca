import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { answered } from "../../asking.ts";
import { addresses } from "../addresses.ts";
import { api, type Job } from "../api.ts";
import { Page } from "../shell/Page.tsx";
import { JobNow } from "./JobNow.tsx";
import { Tasks } from "./Tasks.tsx";
import "./job.css";

const askEveryMs = 1_000;

/** A job: how far it is, what it costs, and how each of its tasks fares. */
export function JobPage() {
  const { id = "" } = useParams({ strict: false });
  const { data: job, error } = useQuery({
    queryKey: ["job", id],
    queryFn: (): Promise<Job> => answered(api.GET("/api/v1/jobs/{id}", { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && state.data.state !== "open" ? false : askEveryMs),
    retry: false,
  });
  return (
    <Page title={job?.name ?? "Job"}>
      <p className="way-back">
        <Link to={addresses.jobs}>All jobs</Link>
      </p>
      {error && !job && (
        <div className="empty">
          <p role="alert">{error.message}</p>
        </div>
      )}
      {job && (
        <>
          <JobNow job={job} />
          <Tasks job={job} />
        </>
      )}
    </Page>
  );
}
