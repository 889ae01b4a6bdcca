import { count } from "../../format.ts";
import type { Job } from "../api.ts";

export const stateNames = { open: "open", done: "done", failed: "failed", cancelled: "cancelled" } as const;
export const stateTones = { open: "ember", done: "calm", failed: "bad", cancelled: "calm" } as const;

/** "12 of 64 tasks done, 2 running, 50 waiting". */
export function taskWords({ count: all, done, running, waiting, failed }: Job["tasks"]): string {
  const parts = [
    `${count(done)} of ${count(all)} ${all === 1 ? "task" : "tasks"} done`,
    ...(running > 0 ? [`${count(running)} running`] : []),
    ...(waiting > 0 ? [`${count(waiting)} waiting`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
  ];
  return parts.join(", ");
}

/** The same as shares of all tasks, %, for a bar. */
export function taskShares({ count: all, ...tasks }: Job["tasks"]) {
  const share = (part: number) => (all === 0 ? 0 : (part / all) * 100);
  return { done: share(tasks.done), running: share(tasks.running), failed: share(tasks.failed) };
}
