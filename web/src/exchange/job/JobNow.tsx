import { Button } from "@mantine/core";
import {
  IconCalendarTime,
  IconDownload,
  IconHourglass,
  IconListCheck,
  IconReceipt,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { answered, baseUrl } from "../../asking.ts";
import { count, price, sentence } from "../../format.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Card } from "../../shell/Card.tsx";
import { Figures } from "../../shell/Figures.tsx";
import { moment } from "../../siteTime.ts";
import { api, type Job } from "../api.ts";
import { stateNames, stateTones, taskWords } from "../jobs/jobWords.ts";
import { TaskBar } from "../jobs/TaskBar.tsx";
import { useShownNetwork } from "../shell/networkContext.ts";
import { timezone } from "../timezone.ts";

/** How far a job is and what it costs; the way to end it. */
export function JobNow({ job }: { readonly job: Job }) {
  const { id, state, why, tasks, cost, quote, consumer, createdAt, deadline, replaced } = job;
  const { at } = useShownNetwork();
  const client = useQueryClient();
  const when = (time: string) => moment(Date.parse(time), Date.parse(at), timezone);
  const cancel = async () => {
    client.setQueryData(
      ["job", id],
      await answered(api.DELETE("/api/v1/jobs/{id}", { params: { path: { id } } })),
    );
    await client.invalidateQueries({ queryKey: ["tasks", id] });
  };
  const figures = [
    {
      name: "Tasks done",
      value: count(tasks.done),
      unit: `of ${count(tasks.count)}`,
      note: `${count(tasks.running)} running, ${count(tasks.waiting)} waiting`,
      Icon: IconListCheck,
    },
    {
      name: "Cost",
      value: price(cost),
      unit: "",
      note: `${price(quote)} at most`,
      Icon: IconReceipt,
    },
    { name: "Submitted", value: when(createdAt), unit: "", note: `by ${consumer}`, Icon: IconCalendarTime },
    { name: "Wanted until", value: when(deadline), unit: "", note: id, Icon: IconHourglass },
  ];
  return (
    <Card
      title="The job"
      aside={
        <span className="chip" data-tone={stateTones[state]}>
          {stateNames[state]}
        </span>
      }
    >
      <div className="job-progress">
        <TaskBar tasks={tasks} />
        <p className="note">{taskWords(tasks)}</p>
      </div>
      {why !== null && (
        <p className="job-why" data-tone={state === "failed" ? "bad" : "calm"}>
          {sentence(why)}
        </p>
      )}
      <Figures figures={figures} />
      {replaced.length > 0 && (
        <p className="note">
          {count(replaced.length)} of its results were found wrong after they had been believed, and what
          others found stands there now. Fetch them again: {replaced.slice(0, 20).join(", ")}
          {replaced.length > 20 && " …"}
        </p>
      )}
      <div className="job-foot">
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          href={`${baseUrl}/api/v1/jobs/${id}/receipts.jsonl`}
          download
        >
          Receipts
        </Button>
        {state === "open" && (
          <AskFirst
            label="Cancel the job"
            question="What is done stays and is paid for; what is not done is given up, and the rest of its money comes back."
            yes="Yes, cancel it"
            no="Let it go on"
            act={cancel}
          />
        )}
      </div>
      <p className="note">
        Its results come by <code>hearthwork job show {id} --out results</code>, each checked against its
        digest.
      </p>
    </Card>
  );
}
