import type { Job } from "../api.ts";
import { taskShares } from "./jobWords.ts";
import "./jobs.css";

/** How far a job is, in one bar; `taskWords` says the same. */
export function TaskBar({ tasks }: { readonly tasks: Job["tasks"] }) {
  const shares = taskShares(tasks);
  return (
    <div className="task-bar" aria-hidden="true">
      {(["done", "running", "failed"] as const).map((part) => (
        <span key={part} data-part={part} style={{ width: `${shares[part]}%` }} />
      ))}
    </div>
  );
}
