import { useMutation } from "@tanstack/react-query";
import { baseUrl } from "../../asking.ts";
import { price, unknown } from "../../format.ts";
import { Problem } from "../../shell/Problem.tsx";
import type { Attempt, Task } from "../api.ts";
import { kindNames } from "../network/networkWords.ts";
import { saveOutput } from "./saveOutput.ts";
import { failureWords, outcomeWords, secondsWords, shortened } from "./taskWords.ts";

const nobodyYet = { waiting: "waits", running: "runs", done: "is done", failed: "failed" } as const;

/** A task: a line for each who did it or tried; of one that nobody had yet a line that says so. */
export function TaskRows({ job, task }: { readonly job: string; readonly task: Task }) {
  const [first, ...others] = task.attempts;
  return (
    <>
      <tr data-state={task.state}>
        <th scope="row">{task.index}</th>
        {first ? <AttemptCells {...first} /> : <NoCells state={task.state} />}
        {first && (
          <>
            <td className="table-wide" data-words>
              <Output job={job} task={task} />
            </td>
            <Outcome {...first} />
          </>
        )}
      </tr>
      {others.map((attempt) => (
        <tr key={attempt.lease} data-again>
          <td>
            <span className="hidden">Task {task.index} again</span>
          </td>
          <AttemptCells {...attempt} />
          <td className="table-wide" data-words>
            {unknown}
          </td>
          <Outcome {...attempt} />
        </tr>
      ))}
    </>
  );
}

function NoCells({ state }: Pick<Task, "state">) {
  return (
    <>
      <td data-words>{unknown}</td>
      <td className="table-wide">{unknown}</td>
      <td>{unknown}</td>
      <td className="table-wide" data-words>
        {unknown}
      </td>
      <td data-words>{nobodyYet[state]}</td>
    </>
  );
}

function AttemptCells({ provider, kind, seconds, state, price: paid }: Attempt) {
  const isPaid = state === "accepted" || state === "confirmed";
  return (
    <>
      <td data-words>
        {kindNames[kind]}
        <span className="party-id" title={provider}>
          {shortened(provider)}
        </span>
      </td>
      <td className="table-wide">{secondsWords(seconds)}</td>
      <td>{isPaid ? price(paid) : unknown}</td>
    </>
  );
}

function Outcome({ state, receipt, ...failed }: Attempt) {
  const why = state === "failed" ? failureWords(failed) : "";
  return (
    <td data-words data-outcome={state}>
      {outcomeWords[state]} {why}
      {receipt !== null && (
        <a
          className="more task-receipt"
          href={`${baseUrl}/api/v1/receipts/${receipt}`}
          download={`${receipt}.json`}
        >
          Receipt<span className="hidden"> {receipt}</span>
        </a>
      )}
    </td>
  );
}

function Output({ job, task: { index, digest } }: { readonly job: string; readonly task: Task }) {
  const save = useMutation({ mutationFn: () => saveOutput(job, index) });
  if (digest === null) return unknown;
  return (
    <>
      <button
        type="button"
        className="link digest"
        title={`SHA-256 ${digest}`}
        aria-label={`Save the output of task ${index}`}
        onClick={() => save.mutate()}
      >
        {shortened(digest)}
      </button>
      <Problem error={save.error} onDismiss={save.reset} />
    </>
  );
}
